import { probe } from '../kernel/probe.js';

/** One of Node's, or one of its kind. */
export function isAbortSignal(value: unknown): value is AbortSignal {
  const look = (signal: AbortSignal): boolean =>
    typeof signal.aborted === 'boolean' &&
    typeof signal.addEventListener === 'function' &&
    typeof signal.removeEventListener === 'function';
  return (
    typeof value === 'object' && value !== null && probe(() => look(value as AbortSignal)) === true
  );
}
