import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const FIXTURE = join(__dirname, '../fixtures/shared-signal.cjs');

test('many pools may share a signal, without a warning of a leak', async () => {
  const argv = ['--conditions=@proc/source', FIXTURE];
  const { stdout } = await promisify(execFile)(process.execPath, argv);
  expect(JSON.parse(stdout)).toEqual([]);
}, 60_000);
