import { AssertionError } from 'node:assert';
import { readFileSync } from 'node:fs';
import { realPause, realTime } from '@proc/core/internal';

/** The promise's outcome, or a failure that says what did not happen in time. Keeps this process alive no longer. */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = realTime.setTimeout(
      () => reject(new AssertionError({ message: `${what} did not happen within ${ms} ms` })),
      ms,
    );
    timer.unref();
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    realTime.clearTimeout(timer);
  }
}

/** Resolves as soon as the condition holds: for what the system does, and announces to nobody. */
export async function waitUntil(
  what: string,
  condition: () => boolean,
  ms = 10_000,
): Promise<void> {
  const end = realTime.now() + ms;
  while (!condition()) {
    if (realTime.now() > end)
      throw new AssertionError({ message: `${what} did not happen within ${ms} ms` });
    await realPause(10);
  }
}

/** Whether there is no such process any more; one that is dead but not reaped counts as gone. */
export function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return true;
  }
  if (process.platform !== 'linux') return false;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return true;
  }
}
