import { unlessAborted } from '../termination/unless-aborted.js';
import { realTime } from './real-time.js';

/**
 * Lets milliseconds pass, as {@link realTime} has them. Leaves no timer and no listener.
 *
 * @throws the reason of the signal, when it aborts before
 */
export async function realPause(ms: number, signal?: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const elapsed = new Promise<void>((resolve) => {
    timer = realTime.setTimeout(resolve, ms);
  });
  await unlessAborted(elapsed, signal === undefined ? [] : [signal]);
  realTime.clearTimeout(timer);
  signal?.throwIfAborted();
}
