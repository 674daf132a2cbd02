import { hasDescriptors } from '@proc/core/internal';

/**
 * Throws, as Node would, where there are too few descriptors for one more worker: each try of Node's would lose some of
 * the few that there are.
 *
 * @param what - could not be started
 */
export function requireDescriptors(what: string): void {
  if (hasDescriptors()) return;
  throw Object.assign(new Error(`${what} EMFILE`), { code: 'EMFILE' });
}
