import type { PoolProgressSnapshot } from '@proc/core';
import { formatDuration } from '@proc/core/internal';
import type { PoolKey } from '../contracts/pool-key.js';

/** The numbers in words: `12/40 done, 1 failed, 4 running, 9 seconds left, build`. */
export function describeProgress(progress: PoolProgressSnapshot, key: PoolKey | null): string {
  const { total, running, succeeded, failed, skipped, etaMs } = progress;
  const ended = succeeded + failed;
  const parts = [total === null ? `${ended} done` : `${ended}/${total} done`, `${failed} failed`];
  if (skipped > 0) parts.push(`${skipped} skipped`);
  if (running > 0) parts.push(`${running} running`);
  if (running > 0 && etaMs !== null) parts.push(`${formatDuration(wholeSeconds(etaMs))} left`);
  if (running > 0 && key !== null) parts.push(oneLine(key));
  return parts.join(', ');
}

function wholeSeconds(ms: number): number {
  return Math.ceil(ms / 1000) * 1000;
}

/** A key may be any text; in a terminal its control characters would do something. */
function oneLine(key: PoolKey): string {
  return String(key).replaceAll(/\p{Cc}+/gu, ' ');
}
