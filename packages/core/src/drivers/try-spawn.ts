import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeLostPipes } from './close-lost-pipes.js';
import { hearOfChild } from './hear-of-child.js';

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
  try {
    const child = hearOfChild(spawn, (announced) => {
      made = announced;
      closeLostPipes(announced);
    });
    return { child, failure: undefined };
  } catch (error) {
    if (made === undefined) throw error;
    return {
      child: undefined,
      failure: once(made, 'error').then(([systemError]: readonly unknown[]) => systemError),
    };
  }
}
