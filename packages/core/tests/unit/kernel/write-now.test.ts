import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { writeNow } from '../../../src/kernel/write-now.js';
import { leftOut } from '../../support/left-out.js';

const onPosix = process.platform === 'win32' ? it.skip : it;
if (process.platform === 'win32') leftOut('there are no such programs and descriptors on Windows');

describe('what is written at once', () => {
  onPosix('is there before the event loop has turned', async () => {
    const reader = spawn('/bin/sh', ['-c', 'read line; echo "read $line"'], { stdio: 'pipe' });
    writeNow(reader.stdin, 'now\n');
    expect(reader.stdin.writableLength).toBe(0);
    expect(await text(reader.stdout)).toBe('read now\n');
  });

  onPosix('keeps its order where the system takes no more for a while', async () => {
    const reader = spawn('/bin/sh', ['-c', 'read line; exec cat'], { stdio: 'pipe' });
    const count = 100_000;
    for (let index = 0; index < count; index++) writeNow(reader.stdin, `${index}\n`);
    // The program does not read before it has the first line, and then it has what the system took.
    expect(reader.stdin.writableLength).toBeGreaterThan(0);
    reader.stdin.end();
    const lines = (await text(reader.stdout)).trimEnd().split('\n');
    expect(lines).toEqual(Array.from({ length: count - 1 }, (_, index) => String(index + 1)));
  });

  onPosix('is told by the stream where nobody reads any more', async () => {
    const reader = spawn('/bin/sh', ['-c', 'exec <&-; echo; exec sleep 600'], { stdio: 'pipe' });
    await once(reader.stdout, 'data');
    const failure = once(reader.stdin, 'error');
    writeNow(reader.stdin, 'lost\n');
    expect(await failure).toMatchObject([{ code: 'EPIPE' }]);
    reader.kill('SIGKILL');
  });

  it('goes through a stream that has no descriptor', async () => {
    const stream = new PassThrough();
    writeNow(stream, 'a');
    writeNow(stream, 'b');
    stream.end();
    expect(await text(stream)).toBe('ab');
  });

  it('waits behind what waits', () => {
    const written: string[] = [];
    const slow = new Writable({
      write: (chunk: Buffer) => written.push(String(chunk)),
    });
    Object.assign(slow, { _handle: { fd: 1 } });
    slow.write('first');
    writeNow(slow, 'second');
    expect(written).toEqual(['first']);
    expect(slow.writableLength).toBe(11);
  });
});
