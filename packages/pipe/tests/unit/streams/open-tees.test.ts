import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { openTees } from '../../../src/streams/open-tees.js';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'proc-tees-'));
});

afterEach(() => {
  jest.useRealTimers();
  rmSync(directory, { recursive: true });
});

const onPosix = process.platform === 'win32' ? it.skip : it;

onPosix(
  'A FIFO that takes nothing is left behind though the timers of a test are fake',
  async () => {
    const fifo = join(directory, 'fifo');
    execFileSync('mkfifo', [fifo]);
    const reader = openSync(fifo, constants.O_RDWR);
    jest.useFakeTimers();
    const [tee] = openTees([fifo], 'the output');
    tee?.stream.write(Buffer.alloc(1_000_000));
    await tee?.close(AbortSignal.abort());
    expect(tee?.stream.destroyed).toBe(true);
    closeSync(reader);
  },
);
