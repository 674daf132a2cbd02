import { InvalidArgumentError } from '@proc/core';
import { showValue } from '@proc/core/internal';

/** @throws {@link InvalidArgumentError} for arguments of a function that are no list */
export function requireArguments(args: readonly unknown[]): void {
  if (Array.isArray(args)) return;
  throw new InvalidArgumentError(
    `Arguments are given as a list, but this was given: ${showValue(args)}.`,
  );
}
