import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const FIXTURE = join(__dirname, '../fixtures/short-lived.cjs');

/** Of 80. A collection that happens in between, and other buffers, may leave a few. */
const FEW = 20;

// What outlives its youth makes the application large, and each of its forks slow.
test.each(['node', 'execa'])(
  'results and processes are garbage while they are young (driver %s)',
  (driver) => {
    const argv = ['--conditions=@proc/source', '--expose-gc', FIXTURE, driver];
    const report = JSON.parse(execFileSync(process.execPath, argv, { encoding: 'utf8' })) as {
      readonly results: number;
      readonly processes: number;
    };
    expect(report.results).toBeLessThan(FEW);
    expect(report.processes).toBeLessThan(FEW);
  },
  60_000,
);
