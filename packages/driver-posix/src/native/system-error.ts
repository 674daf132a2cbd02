import { getSystemErrorName } from 'node:util';

/** The error of a failed system call, as Node makes them. */
export function systemError(errno: number, call: string): NodeJS.ErrnoException {
  // Not by `os.constants`, where one number has many names: EWOULDBLOCK is EAGAIN.
  const code = getSystemErrorName(-errno);
  return Object.assign(new Error(`${call} ${code}`), { code, errno: -errno, syscall: call });
}
