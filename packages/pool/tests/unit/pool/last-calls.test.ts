import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ProcessManager } from '@proc/core';
import type { Pool, PoolOptions } from '@proc/pool';
import { fakeProcesses, virtualClock, type VirtualClock } from '@proc/testing';
import { ending, HandMadeEntry } from '../../support/hand-made-entry.js';
import { processManager } from '../../support/process-manager.js';
import { settled } from '../../support/settled.js';

const never = (): Promise<void> => new Promise(() => undefined);

/** Prints a line and ends. */
const printing = (): HandMadeEntry =>
  new HandMadeEntry('printing', (run) => {
    void run.print('a line\n');
    run.end();
  });

async function* unending(): AsyncGenerator<HandMadeEntry> {
  try {
    for (;;) yield new HandMadeEntry();
  } finally {
    await never();
  }
}

describe.each<[string, (manager: ProcessManager, options: PoolOptions) => Pool, boolean]>([
  ['onProgress', (m, options) => m.pool([ending()], { ...options, onProgress: never }), false],
  [
    'the output callback',
    (m, options) => m.pool([printing()], { ...options, order: 'grouped' }),
    true,
  ],
  [
    'the iterable, cleaning up',
    (m, options) => m.pool(unending(), { ...options, concurrency: 1 }),
    false,
  ],
])('a pool for which %s never comes to an end', (_who, poolOf, hears) => {
  let processes: ProcessManager;
  let clock: VirtualClock;

  beforeEach(() => {
    processes = processManager();
    clock = virtualClock();
    fakeProcesses(processes, {}, { clock });
  });

  afterEach(() => {
    expect(clock.pending).toBe(0);
  });

  test.each<[string, (pool: Pool, controller: AbortController) => unknown]>([
    ['stop', (pool) => pool.stop()],
    ['kill', (pool) => pool.kill()],
    ['an abort', (_pool, controller) => controller.abort()],
    ['its timeout', () => clock.advance('1m')],
  ])('is over within ten seconds after %s', async (_how, end) => {
    const controller = new AbortController();
    const pool = poolOf(processes, { timeout: '1m', signal: controller.signal });
    const started = pool.start(hears ? never : null);
    let isOver = false;
    void started.then(() => (isOver = true));
    await settled();
    const ended = end(pool, controller);
    await settled();
    await clock.advance(9_999);
    expect(isOver).toBe(false);
    await clock.advance(1);
    await settled();
    expect(isOver).toBe(true);
    await ended;
  });
});
