import type { DrainOptions, DrainSpec } from '../contracts/drain.js';
import { readObject } from '../kernel/read-object.js';
import { parseDuration } from '../measures/parse-duration.js';

/** A descendant that keeps the pipe open must not keep the result back, but the last bytes must not be lost. */
export const DEFAULT_DRAIN: DrainSpec = Object.freeze({ idleMs: 250, longestMs: 5000 });

/**
 * Resolves how long output is waited for; what is not given stays as it was.
 *
 * @throws {@link InvalidArgumentError} for an unknown key or a bad duration
 */
export function resolveDrain(given: DrainOptions, before: DrainSpec): DrainSpec {
  const { idle, longest } = readObject(given, 'The drain is given as', ['idle', 'longest']);
  return Object.freeze({
    idleMs: idle === undefined ? before.idleMs : parseDuration(idle, 'drain'),
    longestMs: longest === undefined ? before.longestMs : parseDuration(longest, 'drain'),
  });
}
