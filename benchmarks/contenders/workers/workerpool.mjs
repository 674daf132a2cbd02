import workerpool from 'workerpool';
import { place } from './fixtures.mjs';
import { perItem, windowed } from './per-item.mjs';

export function workerPool({ type, size }) {
  const pool = workerpool.pool(place('workerpool.mjs'), {
    workerType: type,
    minWorkers: size,
    maxWorkers: size,
  });
  const run = (name, value) => pool.exec(name, [value]);

  return {
    run,
    runWithin: (ms, name, value) => pool.exec(name, [value]).timeout(ms),
    map: perItem(run),
    stream: windowed(run),
    close: () => pool.terminate(),
  };
}
