import { debuglog } from 'node:util';

const log = debuglog('proc');

/**
 * Writes a line to stderr when `NODE_DEBUG` names `proc`, and costs nothing otherwise.
 *
 * @param id - the process's or the run's
 * @param what - what happened; without secrets
 */
export function debug(id: string, what: () => string): void {
  if (log.enabled) log('%s %s', id, what());
}
