import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';

/** Those that Node's own map leaves out, such as ENOEXEC; of two names for one number the first is the usual one. */
const OTHERS: ReadonlyMap<number, string> = new Map(
  Object.entries(constants.errno)
    .reverse()
    .map(([name, errno]) => [errno, name]),
);

/** The error of a failed system call, as Node makes them. */
export function systemError(errno: number, call: string): NodeJS.ErrnoException {
  // Node's map first: in `os.constants` one number may have several names, as EWOULDBLOCK and EAGAIN.
  const [known] = getSystemErrorMap().get(-errno) ?? [];
  const code = known ?? OTHERS.get(errno) ?? `E${errno}`;
  return Object.assign(new Error(`${call} ${code}`), { code, errno: -errno, syscall: call });
}
