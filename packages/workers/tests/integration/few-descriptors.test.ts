import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, jest } from '@jest/globals';
import { SOURCE_WORKERS } from '../support/source-workers.js';

jest.setTimeout(120_000);

const ARGS = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  '--conditions=@proc/source',
];

const onLinux = process.platform === 'linux' ? it : it.skip;
if (onLinux !== it)
  process.stdout.write('few-descriptors.test.ts: left out: only Linux has /proc\n');

for (const kind of ['process', 'thread']) {
  onLinux(
    `tasks wait for a ${kind} that the system has no descriptors for, which costs none`,
    async () => {
      const fixture = join(__dirname, '../fixtures/few-descriptors.cjs');
      const program = [process.execPath, ...ARGS, fixture, kind];
      const limited = ['-c', 'ulimit -n 64; exec "$@"', 'sh', ...program];
      const { stdout } = await promisify(execFile)('/bin/sh', limited, {
        env: { ...process.env, NODE_OPTIONS: SOURCE_WORKERS.join(' ') },
      });
      const seen = ['ran', 'shortage: undefined', 'startFailed', 'broken false'];
      const shortage = 'shortage: this process has no file descriptor left';
      expect(stdout).toBe(`${[...seen, shortage].join(', ')} 0\n`);
    },
  );
}
