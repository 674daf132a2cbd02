import { secretsOf } from '@proc/core/internal';
import { AssertionFailedError } from '../errors/assertion-failed-error.js';
import type { RecordedProcess } from '../recording/recorded-process.js';

/** What an assertion has found instead of what it was to find. */
export interface AssertionFacts {
  readonly what: string;
  readonly expected: unknown;
  /** Default: the commands that ran. */
  readonly actual?: unknown;
}

/** The error of an assertion that does not hold. Secrets of what ran do not show, even if the test's own pattern has them. */
export function assertionFailure(
  { what, expected, actual }: AssertionFacts,
  processes: readonly RecordedProcess[],
): AssertionFailedError {
  const tables = new Set(processes.map(({ spec }) => secretsOf(spec)));
  const redact = (text: string): string =>
    [...tables].reduce((redacted, secrets) => secrets.redact(redacted), text);
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean);
    return typeof value === 'string' ? redact(value) : value;
  };
  return new AssertionFailedError(
    redact(what),
    clean(expected),
    clean(actual ?? processes.map(({ command }) => command)),
  );
}
