import type { Duration } from '../contracts/duration.js';
import type { RetryOptions, RetryPredicate, RetrySpec } from '../contracts/retry.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { ownOnly } from '../kernel/own-only.js';
import { readObject } from '../kernel/read-object.js';
import { parseDuration } from '../measures/parse-duration.js';

/** A rule of retries, checked and with its defaults. */
export interface ResolvedRetry {
  readonly spec: RetrySpec;
  readonly when: RetryPredicate | undefined;
}

/**
 * What a number of retries, or a rule, means.
 *
 * @param delay - counts where the rule has none, or is a number
 * @param when - counts before that of the rule
 * @throws {@link InvalidArgumentError} for what is no rule
 */
export function resolveRetry(
  retry: number | RetryOptions,
  delay?: Duration,
  when?: RetryPredicate,
): ResolvedRetry {
  const given =
    typeof retry === 'number' ? ownOnly<RetryOptions>({ times: retry }) : readRetry(retry);
  const { times, factor = 1 } = given;
  const predicate = when ?? given.when;
  if (!Number.isInteger(times) || times < 0) {
    throw new InvalidArgumentError('The number of retries must be a whole number from 0.');
  }
  if (!Number.isFinite(factor) || factor < 0) {
    throw new InvalidArgumentError('The factor of a retry must be a number from 0.');
  }
  if (predicate !== undefined && typeof predicate !== 'function') {
    throw new InvalidArgumentError('What decides about a retry (`when`) is a function.');
  }
  const delayMs = parseDuration(delay ?? given.delay ?? 0, 'retry delay');
  return { spec: Object.freeze({ times, delayMs, factor }), when: predicate };
}

/** A copy of a retry rule. @throws {@link InvalidArgumentError} for what is none */
export function readRetry(retry: RetryOptions): RetryOptions {
  return readObject(retry, 'Retries are given as a number or', [
    'times',
    'delay',
    'factor',
    'when',
  ]);
}
