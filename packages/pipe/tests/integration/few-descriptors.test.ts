import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, jest } from '@jest/globals';

jest.setTimeout(60_000);

const ARGS = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  '--conditions=@proc/source',
];

const onLinux = process.platform === 'linux' ? it : it.skip;
if (onLinux !== it)
  process.stdout.write('few-descriptors.test.ts: left out: only Linux has /proc\n');

onLinux('pipes that can not be opened for want of descriptors cost none', async () => {
  const fixture = join(__dirname, '../fixtures/few-descriptors.cjs');
  const limited = ['-c', 'ulimit -n 64; exec "$@"', 'sh', process.execPath, ...ARGS, fixture];
  const { stdout } = await promisify(execFile)('/bin/sh', limited);
  expect(stdout).toBe('2 0\n');
});
