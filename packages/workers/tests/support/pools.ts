import { afterEach } from '@jest/globals';
import { WorkerManager } from '../../src/manager/worker-manager.js';
import type { WorkerKind } from '../../src/contracts/worker-kind.js';
import type { WorkerPoolOptions } from '../../src/contracts/worker-pool-options.js';
import type { WorkerPool } from '../../src/pool/worker-pool.js';
import { RecordingEvents } from './recording-events.js';
import { SOURCE_WORKERS } from './source-workers.js';

export const KINDS: readonly WorkerKind[] = ['process', 'thread', 'inline'];
/** Those that can die. */
export const REAL_KINDS: readonly WorkerKind[] = ['process', 'thread'];

const managers: WorkerManager[] = [];

afterEach(async () => {
  await Promise.all(managers.splice(0).map((manager) => manager.close({ force: true })));
});

/** A manager whose pools are ended after the test. */
export function makeManager(
  events?: RecordingEvents,
  defaults: WorkerPoolOptions = {},
): WorkerManager {
  const manager = new WorkerManager({
    events: () => events?.dispatcher,
    defaults: () => ({ execArgv: SOURCE_WORKERS, ...defaults }),
  });
  managers.push(manager);
  return manager;
}

/** A pool that is ended after the test. */
export function makePool(
  kind: WorkerKind,
  options: WorkerPoolOptions = {},
  events?: RecordingEvents,
): WorkerPool {
  const manager = makeManager(events);
  if (kind === 'process') return manager.processPool(options);
  return kind === 'thread' ? manager.threadPool(options) : manager.inlinePool(options);
}

/** Resolves when a condition holds. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** What a promise rejects with. */
export async function failure(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('It did not reject.');
}
