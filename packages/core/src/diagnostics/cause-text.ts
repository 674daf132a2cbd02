import { probe } from '../kernel/probe.js';
import { showValue } from './show-value.js';

/** What a cause says: its message, or itself as text. Never throws, whatever it was that somebody threw. */
export function causeText(cause: unknown): string {
  return probe(() => messageOf(cause)) ?? thrownText(cause);
}

/** The same with the name of an error before its message. */
export function thrownText(cause: unknown): string {
  return probe(() => String(cause)) ?? showValue(cause);
}

function messageOf(cause: unknown): string | undefined {
  if (typeof cause !== 'object' || cause === null || !('message' in cause)) return undefined;
  return String(cause.message);
}
