import { Worker } from 'jest-worker';
import { place, TASKS } from './fixtures.mjs';
import { perItem, windowed } from './per-item.mjs';

export function jestWorker({ type, size }) {
  const pool = new Worker(place('tasks.cjs'), {
    exposedMethods: TASKS,
    numWorkers: size,
    enableWorkerThreads: type === 'thread',
  });
  const run = (name, value) => pool[name](value);

  return { run, map: perItem(run), stream: windowed(run), close: () => pool.end() };
}
