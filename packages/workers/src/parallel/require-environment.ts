import { InvalidArgumentError } from '@proc/core';
import { showValue } from '@proc/core/internal';

/** @throws {@link InvalidArgumentError} for what has no pool to work on */
export function requireEnvironment(environment: unknown): void {
  const { pool } = (environment ?? {}) as { readonly pool?: unknown };
  if (typeof pool === 'function') return;
  throw new InvalidArgumentError(
    'What work is done on is given as an object with the functions pool and processes; ' +
      `got ${showValue(environment)}.`,
  );
}
