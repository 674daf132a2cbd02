import type { Clock } from '../contracts/clock.js';
import { unlessAborted } from '../termination/unless-aborted.js';

/** What a pause goes by. */
export interface PauseOptions {
  readonly clock: Clock;
  /** Any of them ends the pause. */
  readonly signals: readonly AbortSignal[];
}

/** Lets milliseconds pass, unless one of the signals aborts before. Leaves no timer and no listener. Never rejects. */
export async function pause(ms: number, { clock, signals }: PauseOptions): Promise<void> {
  // A timer of no time would wait for the hands of a clock that a test has stopped.
  if (ms === 0) return;
  let cancel = (): void => undefined;
  const elapsed = new Promise<void>((resolve) => {
    cancel = clock.timer(ms, resolve);
  });
  await unlessAborted(elapsed, signals);
  cancel();
}
