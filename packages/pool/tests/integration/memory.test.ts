import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const FIXTURE = join(__dirname, '../fixtures/many-entries.cjs');
const MIB = 1024 * 1024;

interface Report {
  readonly successCount?: number;
  readonly failureCount?: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly read: number;
  readonly grown: number;
}

function run(...args: string[]): Report {
  const argv = ['--conditions=@proc/source', '--expose-gc', FIXTURE, ...args];
  return JSON.parse(execFileSync(process.execPath, argv, { encoding: 'utf8' })) as Report;
}

describe('the memory of a pool over an iterable', () => {
  test('stays the same for 100,000 entries whose results are not collected', () => {
    const { grown, ...counts } = run('100000', 'null', 'count', 'start');
    expect(counts).toMatchObject({ successCount: 99_900, failureCount: 100 });
    // The results of the 80,000 entries between the two looks hold 160 MiB of output.
    expect(grown).toBeLessThan(8 * MIB);
  }, 300_000);

  test('stays the same while the results are read as they come', () => {
    const { grown, read, succeeded } = run('20000', 'null', 'count', 'read');
    expect([read, succeeded]).toEqual([20_020, 19_980]);
    expect(grown).toBeLessThan(8 * MIB);
  }, 300_000);

  test('is that of the results, where they are collected', () => {
    const { grown, successCount } = run('20000', 'null', 'collect', 'start');
    expect(successCount).toBe(19_980);
    expect(grown).toBeGreaterThan(30 * MIB);
  }, 300_000);

  const ifTrue = process.platform === 'win32' ? test.skip : test;
  if (ifTrue !== test) console.log('left out: Windows has no program `true`');
  ifTrue(
    'stays the same for 500 runs of a program',
    () => {
      const { grown, ...counts } = run('500', 'true', 'count', 'start');
      expect(counts).toMatchObject({ successCount: 500, failureCount: 0 });
      expect(grown).toBeLessThan(12 * MIB);
    },
    300_000,
  );
});
