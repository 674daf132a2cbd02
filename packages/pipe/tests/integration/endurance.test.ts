import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { ProcessManager } from '@proc/core';
import { openDescriptors } from '../support/leftovers.js';
import { LOCAL_DRIVERS, shareManager } from '../support/share-manager.js';

describe.each(LOCAL_DRIVERS)('with the driver %s', (driver) => {
  let processes: ProcessManager;
  shareManager(driver, (manager) => (processes = manager));

  it('twenty streaming runs leave no descriptor open', async () => {
    const run = async (): Promise<void> => {
      const result = await processes
        .pipe(['echo a', 'cat', (line) => `${line}!`, 'cat', 'cat'])
        .streaming()
        .run();
      expect(result.stdout).toBe('a!\n');
    };
    // The first run of all starts what outlives it: the watchdog has a pipe to this process.
    await run();
    const before = openDescriptors().length;
    for (let round = 0; round < 5; round++) await Promise.all([run(), run(), run(), run()]);
    // Sockets are closed within some turns of the event loop.
    for (let turn = 0; turn < 20; turn++) await new Promise((next) => setImmediate(next));
    expect(openDescriptors().length).toBeLessThanOrEqual(before);
  }, 60_000);

  it('a branch that is slow holds all up, and gets everything', async () => {
    let pending: (() => void) | undefined;
    let taken = 0;
    let tell!: () => void;
    const full = new Promise<void>((resolve) => (tell = resolve));
    const slow = new Writable({
      highWaterMark: 1,
      write: (chunk: Buffer, _encoding, done) => {
        taken += chunk.length;
        pending = done;
        tell();
      },
    });
    let fast = 0;
    const running = await processes
      .pipe((pipe) => {
        pipe.command('head -c 8000000 /dev/zero');
        pipe.branch({
          slow: (branch) => {
            branch.command('cat');
            branch.tee(slow);
          },
          fast: (branch) => {
            branch.through(
              (chunk) => {
                fast += chunk.length;
                return null;
              },
              { input: 'bytes' },
            );
          },
        });
      })
      .streaming()
      .start();
    await full;
    // What pipes and buffers hold between the two is far less than all.
    for (let turns = 0; turns < 500; turns++) await new Promise((resolve) => setImmediate(resolve));
    expect(fast).toBeLessThan(4_000_000);
    const timer = setInterval(() => {
      const done = pending;
      pending = undefined;
      done?.();
    }, 1);
    const result = await running.wait();
    clearInterval(timer);

    expect(result.successful()).toBe(true);
    expect([taken, fast]).toEqual([8_000_000, 8_000_000]);
  }, 60_000);

  it('256 MB between two stages, one after the other, are never in memory', async () => {
    const before = process.memoryUsage().rss;
    let most = before;
    const timer = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 20);
    const result = await processes.pipe(['head -c 256000000 /dev/zero', 'cat', 'wc -c']).run();
    clearInterval(timer);

    expect(result.stdout.trim()).toBe('256000000');
    expect(most - before).toBeLessThan(128_000_000);
  }, 60_000);
});
