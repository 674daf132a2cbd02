import type { PoolWorker } from './pool-worker.js';

/** Whether a worker has tasks and has begun none of them: what runs there, if anything does, is nobody's. */
export function isStuck({ inFlight, lastStarted }: PoolWorker): boolean {
  if (inFlight.size === 0) return false;
  for (const [seq] of inFlight) if (seq <= lastStarted) return false;
  return true;
}
