import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, jest } from '@jest/globals';

jest.setTimeout(120_000);

const FIXTURE = join(__dirname, '../fixtures/wide-pool.cjs');
/** A user of our own: the superuser has no limit of processes, and any other may have many already. */
const NOBODY = 3_000_000 + process.pid;

const linux = process.platform === 'linux';
const onLinux = linux ? it : it.skip;
const asRoot = linux && process.getuid?.() === 0 ? it : it.skip;
if (asRoot !== it) {
  process.stdout.write('exhaustion.test.ts: left out: only root can be a user without processes\n');
}

/** What the pool of 100 entries, 50 at a time, prints behind the limit that a line of the shell sets. */
async function outcome(driver: string, limit: string, ...user: readonly string[]): Promise<string> {
  const program = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    '--conditions=@proc/source',
    FIXTURE,
  ];
  const args = ['-c', limit, 'sh', process.execPath, ...program, driver, '100', '50', ...user];
  return (await promisify(execFile)('/bin/sh', args)).stdout;
}

/** Core's own, or the one that the package of a driver runs these tests on. */
const { PROC_TEST_DRIVER: other } = process.env;

describe.each(other === undefined ? ['node', 'execa'] : [other])(
  'a pool wider than its limits (driver %s)',
  (driver) => {
    onLinux('completes every entry with 64 descriptors', async () => {
      expect(await outcome(driver, 'ulimit -n 64; exec "$@"')).toBe('100 0 true true\n');
    });

    asRoot('completes every entry with 50 processes', async () => {
      const limit = 'exec prlimit --nproc=50:50 "$@"';
      expect(await outcome(driver, limit, String(NOBODY))).toBe('100 0 true true\n');
    });
  },
);
