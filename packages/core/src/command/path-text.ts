import { fileURLToPath } from 'node:url';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { probe } from '../kernel/probe.js';
import { unpassable } from './unpassable.js';

/**
 * A path that was given as such or as its file URL.
 *
 * @param what - whose path it is, for the message
 * @throws {@link InvalidArgumentError} for anything else, and for what the system would not take
 */
export function pathText(given: string | URL, what: string): string {
  const path = typeof given === 'string' ? given : probe(() => fileURLToPath(given));
  if (path === undefined || path === '' || unpassable(path) !== undefined) {
    throw new InvalidArgumentError(`${what} must be a path or a file URL.`);
  }
  return path;
}
