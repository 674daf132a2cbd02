import { performance } from 'node:perf_hooks';
import { busy } from '../fixtures/workers/tasks.cjs';

const VARIABLE = 'BENCH_STEPS_PER_MS';

/** How many steps of `busy` take a millisecond here: found out once, so that all who are compared have the same to do. */
export function stepsPerMs() {
  process.env[VARIABLE] ??= String(calibrate());
  return Number(process.env[VARIABLE]);
}

function calibrate() {
  const steps = 1_000_000;
  let best = Infinity;
  for (let round = 0; round < 40; round++) {
    const start = performance.now();
    busy(steps);
    best = Math.min(best, performance.now() - start);
  }
  return Math.round(steps / best);
}
