import path from 'node:path';
import { openRedisBroker, type RedisBroker } from '@proc/ipc-redis';
import { task, type WorkerKind, WorkerManager, type WorkerPool } from '@proc/workers';
import type { Site } from './site.js';

const execArgv = [
  '--require',
  path.join(__dirname, '../../../core/tests/support/register-sources.cjs'),
];

/** Workers that are connected through this process. */
export interface Crew {
  readonly broker: RedisBroker;
  readonly pool: WorkerPool;
}

export async function crewOf(site: Site, kind: WorkerKind, lease: number): Promise<Crew> {
  const broker = await openRedisBroker(site.options({ lease, name: 'parent' }));
  const manager = new WorkerManager({ hub: () => broker });
  site.atEnd(async () => {
    await manager.close({ force: true });
    await broker.close();
  });
  const options = { size: 1, execArgv, grace: 0 };
  const pool = kind === 'process' ? manager.processPool(options) : manager.threadPool(options);
  return { broker, pool };
}

/** A function of `fixtures/tasks.cjs`. */
export function work(name: string): ReturnType<typeof task<(...args: unknown[]) => unknown>> {
  return task(path.join(__dirname, '../fixtures/tasks.cjs'), name);
}

/** The next thing that a task emits. */
export function emitted(handle: {
  onEmit(listener: (value: unknown) => void): unknown;
}): Promise<unknown> {
  return new Promise((resolve) => handle.onEmit(resolve));
}
