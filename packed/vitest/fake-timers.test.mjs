import { createRequire } from 'node:module';
import { Process } from '@proc/process';
import { afterEach, beforeEach, test, vi } from 'vitest';

// One copy of the packages, whichever way they are loaded.
const cases = createRequire(import.meta.url)('../fake-timers/cases.cjs');

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  Process.restore();
});

test.each(Object.entries(cases))('%s', async (_title, body) => {
  await body((ms) => vi.advanceTimersByTimeAsync(ms));
});
