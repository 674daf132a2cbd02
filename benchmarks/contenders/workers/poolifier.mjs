import { FixedClusterPool, FixedThreadPool } from 'poolifier';
import { place } from './fixtures.mjs';
import { windowed } from './per-item.mjs';

export function poolifier({ type, size }) {
  const options = { errorHandler: () => undefined };
  const pool =
    type === 'thread'
      ? new FixedThreadPool(size, place('poolifier-thread.mjs'), options)
      : new FixedClusterPool(size, place('poolifier-cluster.cjs'), options);
  const run = (name, value) => pool.execute(value, name);

  return {
    run,
    runWithin: (ms, name, value) => pool.execute(value, name, AbortSignal.timeout(ms)),
    map: (name, items) => pool.mapExecute(items, name),
    stream: windowed(run),
    close: () => pool.destroy(),
  };
}
