import { constants } from 'node:os';

const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(constants.errno).map(([name, number]) => [number, name]),
);

/** The error of a failed system call, as Node makes them. */
export function systemError(errno: number, call: string): NodeJS.ErrnoException {
  const code = NAMES.get(errno) ?? `UNKNOWN_${errno}`;
  return Object.assign(new Error(`${call} ${code}`), { code, errno: -errno, syscall: call });
}
