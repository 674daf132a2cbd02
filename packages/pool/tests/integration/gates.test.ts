import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { GateOptions } from '@proc/pool';
import { thisMachine } from '../../src/gates/machine.js';
import { processManager } from '../support/process-manager.js';

/** How many ran at once at most, of eight entries with four places. */
async function width(gates: GateOptions): Promise<number> {
  let most = 0;
  const pool = processManager().pool(
    Array.from({ length: 8 }, () => ['sleep', '0.1']),
    {
      concurrency: 4,
      ...gates,
      onProgress: ({ running }) => void (most = Math.max(most, running)),
    },
  );
  const results = await pool.start();
  expect(results.successCount).toBe(8);
  return most;
}

describe('on this machine', () => {
  test('entries run side by side while there is enough of everything', async () => {
    const load = process.platform === 'win32' ? {} : { maxLoad: '100000%' as const };
    expect(await width({ minFreeMemory: '1MB', minFreeDescriptors: 5, ...load })).toBe(4);
  });

  test('one alone runs where all memory there is must be free', async () => {
    expect(await width({ minFreeMemory: '100%' })).toBe(1);
  });

  const withLoad = process.platform === 'win32' ? test.skip : test;
  if (withLoad !== test) console.log('left out: Windows has no load average');
  withLoad('one alone runs where the load average is too high', async () => {
    // It follows slowly: on a machine without any, this loop makes some.
    while (thisMachine.load() === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(await width({ maxLoad: Number.MIN_VALUE })).toBe(1);
  });

  const onLinux = process.platform === 'linux' ? test : test.skip;
  if (onLinux !== test) console.log('left out: only Linux has /proc/loadavg');
  onLinux('the load is that of the last minute, as the kernel has it', () => {
    const kernel = () => Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
    const [before, load, after] = [kernel(), thisMachine.load(), kernel()];
    expect(load).toBeGreaterThan(Math.min(before, after) - 0.011);
    expect(load).toBeLessThan(Math.max(before, after) + 0.011);
  });

  const withLimit = process.platform === 'win32' ? test.skip : test;
  if (withLimit !== test) console.log('left out: Windows has no limit of open files');
  withLimit('one alone runs where more files must be free than may be open', async () => {
    expect(await width({ minFreeDescriptors: 2 ** 50 })).toBe(1);
  });
});
