import { Tinypool } from 'tinypool';
import { place } from './fixtures.mjs';
import { perItem, windowed } from './per-item.mjs';

export function tinypool({ type, size, options }) {
  const pool = new Tinypool({
    filename: place('tasks.cjs'),
    runtime: type === 'thread' ? 'worker_threads' : 'child_process',
    minThreads: size,
    maxThreads: size,
    ...options,
  });
  const run = (name, value) => pool.run(value, { name });

  return {
    run,
    runWithin: (ms, name, value) => pool.run(value, { name, signal: AbortSignal.timeout(ms) }),
    map: perItem(run),
    stream: windowed(run),
    close: () => pool.destroy(),
  };
}
