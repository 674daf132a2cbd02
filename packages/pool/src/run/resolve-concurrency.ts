import { availableParallelism } from 'node:os';
import { InvalidArgumentError } from '@proc/core';
import { showValue } from '@proc/core/internal';
import type { Concurrency } from '../contracts/concurrency.js';

/**
 * The number of places.
 *
 * @throws {@link InvalidArgumentError} for what is neither a whole number from 1, nor `Infinity`, nor `'cpus'`
 */
export function resolveConcurrency(value: Concurrency, name = 'concurrency'): number {
  if (value === 'cpus') return availableParallelism();
  const isCount = Number.isSafeInteger(value) || value === Number.POSITIVE_INFINITY;
  if (isCount && value >= 1) return value;
  throw new InvalidArgumentError(
    `${name} must be a whole number from 1, Infinity or "cpus"; got ${showValue(value)}.`,
  );
}
