import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';

/** Node announces every `ChildProcess` on this channel as it is made. */
const CHANNEL = 'child_process';

/** A child, or the system's error that will be known in a moment. */
export type SpawnAttempt<Child> =
  | { readonly child: Child; readonly failure: undefined }
  | { readonly child: undefined; readonly failure: Promise<unknown> };

/**
 * Calls a function that spawns one child. When descriptors have run out, Node gives a child without streams, on which
 * execa 9 fails before it listens for the child's 'error' event; that event would then end this process. Here it is
 * caught, and takes the place of execa's own error.
 */
export function trySpawn<Child>(spawn: () => Child): SpawnAttempt<Child> {
  let made: ChildProcess | undefined;
  const note = (message: unknown): void => {
    made = (message as { readonly process: ChildProcess }).process;
  };
  subscribe(CHANNEL, note);
  try {
    return { child: spawn(), failure: undefined };
  } catch (error) {
    if (made === undefined) throw error;
    return {
      child: undefined,
      failure: once(made, 'error').then(([systemError]: readonly unknown[]) => systemError),
    };
  } finally {
    unsubscribe(CHANNEL, note);
  }
}
