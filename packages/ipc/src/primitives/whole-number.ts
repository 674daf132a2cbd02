import { showValue } from '@proc/core/internal';
import { refuse } from '../hub/fault-signal.js';

/** Between which a number has to be; default: from 1 on. */
interface Limits {
  readonly least?: 0 | 1;
  readonly most?: number;
}

/** @param what - begins the message. @throws {@link FaultSignal} for what is no whole number within the limits */
export function wholeNumber(
  value: unknown,
  what: string,
  { least = 1, most = Number.MAX_SAFE_INTEGER }: Limits = {},
): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) {
    return value;
  }
  const limits =
    most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return refuse(`${what} is a whole number ${limits}, not ${showValue(value)}.`);
}
