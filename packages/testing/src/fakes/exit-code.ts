import { InvalidArgumentError } from '@proc/core';

/**
 * Codes above 255 are those of Windows; they can be faked anywhere.
 *
 * @throws {@link InvalidArgumentError} unless it is an integer from 0 to 2^32 - 1
 */
export function requireExitCode(code: number): number {
  if (Number.isInteger(code) && code >= 0 && code <= 0xffffffff) return code;
  throw new InvalidArgumentError(`An exit code is a non-negative integer; got ${String(code)}.`);
}
