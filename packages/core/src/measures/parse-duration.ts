import type { Duration } from '../contracts/duration.js';
import { showValue } from '../diagnostics/show-value.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { probe } from '../kernel/probe.js';

/** The longest delay of a Node timer; a longer one would fire at once. */
const LONGEST = 2 ** 31 - 1;

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
const FIELDS = { milliseconds: 1, seconds: 1000, minutes: 60_000, hours: 3_600_000 } as const;

/**
 * A duration in milliseconds.
 *
 * @param name - what the duration is, for the message
 * @throws {@link InvalidArgumentError} when it is malformed, negative, not finite or above 2^31 - 1 ms
 */
export function parseDuration(duration: Duration, name = 'duration'): number {
  const ms = toMilliseconds(duration);
  if (ms === undefined || Number.isNaN(ms)) {
    throw new InvalidArgumentError(
      `The ${name} must be milliseconds, a string such as "30s", or { seconds: 30 }; got ${showValue(duration)}.`,
    );
  }
  if (ms < 0 || ms > LONGEST) {
    throw new InvalidArgumentError(
      `The ${name} must be between 0 and ${LONGEST} ms (about 24.8 days); got ${showValue(duration)}.`,
    );
  }
  return ms;
}

function toMilliseconds(duration: unknown): number | undefined {
  if (typeof duration === 'number') return duration;
  if (typeof duration === 'string') {
    const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(duration.trim());
    return match === null ? undefined : Number(match[1]) * UNITS[match[2] as keyof typeof UNITS];
  }
  if (typeof duration !== 'object' || duration === null) return undefined;
  const entries = probe(() => Object.entries(duration));
  if (entries === undefined || entries.length === 0) return undefined;
  let total = 0;
  for (const [field, value] of entries) {
    if (!Object.hasOwn(FIELDS, field) || typeof value !== 'number') return undefined;
    if (value < 0) return -1;
    total += value * FIELDS[field as keyof typeof FIELDS];
  }
  return total;
}
