import type { Parameters } from 'fast-check';

const SEED = 20_240_229;
/** For one case; it shows which one hangs. */
const HANG_GUARD = 20_000;

/**
 * How often a property is tried. The cases are the same in every run, so that a check that was green stays green;
 * `PROC_FUZZ_SEED=random` (or a number) tries others, and `PROC_FUZZ_FACTOR=20` tries so many times more.
 */
export function tries<Case = unknown>(numRuns: number): Parameters<Case> {
  const { PROC_FUZZ_SEED: seed, PROC_FUZZ_FACTOR: factor } = process.env;
  const more = Number(factor ?? 1);
  const runs = { numRuns: Math.ceil(numRuns * more), timeout: HANG_GUARD };
  if (seed === 'random') return runs;
  return { ...runs, seed: seed === undefined ? SEED : Number(seed) };
}
