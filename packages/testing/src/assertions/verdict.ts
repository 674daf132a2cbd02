import { secretsOf } from '@proc/core/internal';
import { AssertionFailedError } from '../errors/assertion-failed-error.js';
import type { RecordedProcess } from '../recording/recorded-process.js';

/** Whether something holds, and what is to be said where that is not what was wanted. */
export interface Verdict {
  readonly pass: boolean;
  /** Why it does not hold; where it does, why its opposite does not. Made when asked for. */
  readonly message: () => string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** A verdict on what has been recorded. Secrets of what ran do not show, even if the test's own pattern has them. */
export function verdictOn(
  processes: readonly RecordedProcess[],
  { pass, message, expected, actual }: Verdict,
): Verdict {
  return {
    pass,
    message: () => redactorFor(processes)(message()),
    get expected() {
      return cleaned(expected, redactorFor(processes));
    },
    get actual() {
      return cleaned(actual, redactorFor(processes));
    },
  };
}

/** The error of an assertion that does not hold. */
export function assertionFailure({ message, expected, actual }: Verdict): AssertionFailedError {
  return new AssertionFailedError(message(), expected, actual);
}

function redactorFor(processes: readonly RecordedProcess[]): (text: string) => string {
  const tables = new Set(processes.map(({ spec }) => secretsOf(spec)));
  return (text) => [...tables].reduce((redacted, secrets) => secrets.redact(redacted), text);
}

function cleaned(value: unknown, redact: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => cleaned(item, redact));
  return typeof value === 'string' ? redact(value) : value;
}
