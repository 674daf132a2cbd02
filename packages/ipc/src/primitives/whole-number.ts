import { showValue } from '@proc/core/internal';
import { refuse } from '../hub/fault-signal.js';

/** @param what - begins the message. @throws {@link FaultSignal} for what is no whole number from 1 to `most` */
export function wholeNumber(value: unknown, what: string, most = Number.MAX_SAFE_INTEGER): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= most) {
    return value;
  }
  const limits = most === Number.MAX_SAFE_INTEGER ? 'of at least 1' : `from 1 to ${most}`;
  return refuse(`${what} is a whole number ${limits}, not ${showValue(value)}.`);
}
