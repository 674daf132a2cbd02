import { RunScope } from '../process/run-scope.js';
import { watchAbort } from './abort.js';

/**
 * What `work` comes to; `undefined` as soon as one of the signals aborts: work that never ends holds nobody up. No
 * listener is left behind.
 */
export async function unlessAborted<T>(
  work: Promise<T>,
  signals: readonly AbortSignal[],
): Promise<T | undefined> {
  const scope = new RunScope();
  const aborted = new Promise<undefined>((resolve) => {
    watchAbort(signals, scope, () => {
      resolve(undefined);
    });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    scope.close();
  }
}
