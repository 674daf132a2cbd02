import { AsyncLocalStorage } from 'node:async_hooks';

let depth = 0;

/** Of tasks that run in this very thread, so that it is no worker for what runs beside them. */
const inline = new AsyncLocalStorage<number>();

/** How many pools this program is inside of: 0 in the main program, 1 in its workers, 2 in workers of those. */
export function currentDepth(): number {
  return inline.getStore() ?? depth;
}

/** Told by what starts a worker. */
export function setCurrentDepth(value: number): void {
  depth = value;
}

/** Runs a task of an inline worker one pool deeper. */
export function runDeeper<T>(run: () => T): T {
  return inline.run(currentDepth() + 1, run);
}
