import { findExecutable } from '../launch/find-executable.js';

/**
 * The path of one of POSIX' utilities: not by the environment of a launch, which is what a program is given, but where
 * systems keep them, and then by our own PATH.
 *
 * @throws an error with the code `ENOENT` where there is no such program
 */
export function standardUtility(name: string): string {
  const PATH = `/usr/bin:/bin:${process.env['PATH'] ?? ''}`;
  const lookup = findExecutable(name, { PATH }, null);
  if (lookup.found === 'yes') return lookup.path;
  throw Object.assign(new Error(`the program ${name} of the system is missing`), {
    code: 'ENOENT',
  });
}
