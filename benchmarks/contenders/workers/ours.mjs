import 'reflect-metadata';
import { Application, ProcessManager, ProcessServiceProvider } from '@proc/core';
import { defineTasks, WorkerManager, WorkersServiceProvider } from '@proc/workers';
import { place } from './fixtures.mjs';

/** Our pools of one kind, and work on many items by them. `chunk` is a size of chunks to keep to; the others are options of the pool. */
export async function ours({ type, chunk = 'auto', ...options }) {
  const app = new Application({ providers: [ProcessServiceProvider, WorkersServiceProvider] });
  await app.boot();
  const workers = app.get(WorkerManager);
  const processes = app.get(ProcessManager);
  const pool = type === 'thread' ? workers.threadPool(options) : workers.processPool(options);
  const tasks = defineTasks(place('tasks.cjs'));

  return {
    run: (name, value) => pool.run(tasks[name], value),
    runWithin: (ms, name, value) => pool.with({ timeout: ms, grace: 0 }).run(tasks[name], value),
    map: (name, items) => processes.map(items, tasks[name], { pool, chunk }),
    stream: (name, items) => processes.map(items, tasks[name], { pool }),
    close: () => app.shutdown(),
  };
}
