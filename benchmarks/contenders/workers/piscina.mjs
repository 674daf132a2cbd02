import { Piscina } from 'piscina';
import { place } from './fixtures.mjs';
import { perItem, windowed } from './per-item.mjs';

/** `options` are Piscina's own. */
export function piscina({ size, options }) {
  const filename = place('tasks.cjs');
  const pool = new Piscina({ filename, minThreads: size, maxThreads: size, ...options });
  const run = (name, value) => pool.run(value, { name });

  return {
    run,
    runWithin: (ms, name, value) => pool.run(value, { name, signal: AbortSignal.timeout(ms) }),
    map: perItem(run),
    stream: windowed(run),
    close: () => pool.destroy(),
  };
}
