import { createRequire } from 'node:module';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Process } from '@proc/process';
import { settled } from '@proc/testing';

const cases = createRequire(import.meta.url)('../fake-timers/cases.cjs');

beforeEach(() => {
  mock.timers.enable();
});

afterEach(() => {
  mock.timers.reset();
  Process.restore();
});

/** `tick()` does not let promises settle, neither before the timers that it fires nor after them. */
async function advance(ms) {
  await settled();
  mock.timers.tick(ms);
  await settled();
}

for (const [title, body] of Object.entries(cases)) test(title, () => body(advance));
