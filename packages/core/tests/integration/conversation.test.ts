import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { InputSource } from '@proc/core';
import { startApplication } from '../support/application.js';
import { onEveryDriver, testedDrivers } from '../support/drivers.js';
import { script, sh } from '../support/programs.js';

const ECHO = script(`
  process.stdin.on('data', (chunk) => {
    const writes = [process.stdout.write(chunk), process.stderr.write(chunk)];
    if (writes.every(Boolean)) return;
    process.stdin.pause();
    const resume = () => process.stdin.resume();
    if (!writes[0]) process.stdout.once('drain', resume);
    if (!writes[1]) process.stderr.once('drain', resume);
  });
`);

onEveryDriver('a program that repeats its input on both streams', ({ manager }) => {
  it.each<[string, (bytes: Buffer) => InputSource]>([
    ['bytes', (bytes) => bytes],
    ['a stream', (bytes) => Readable.from(inPieces(bytes), { objectMode: false })],
  ])('never blocks, however much it is given as %s', async (_, source) => {
    for (const size of [1024, 65_536, 1024 * 1024, 4 * 1024 * 1024]) {
      const bytes = Buffer.alloc(size, 'abcdefghijklmnopqrstuvwxyz\n');
      const result = await manager().command(ECHO).input(source(bytes)).run();
      expect(result.bytes('stdout').equals(bytes)).toBe(true);
      expect(result.bytes('stderr').equals(bytes)).toBe(true);
    }
  });
});

function* inPieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000);
}

onEveryDriver('a stream of input', ({ manager }) => {
  it('that is written to while the program runs ends its input when it ends', async () => {
    const input = new PassThrough();
    const process = await manager().command(['cat']).input(input).start();
    input.write('one\n');
    await process.expect('one');
    expect(process.running()).toBe(true);
    input.end('two\n');
    expect(await process.wait()).toMatchObject({ exitCode: 0, stdout: 'one\ntwo\n' });
  });

  it('may be written to from the output callback: question and answer', async () => {
    const input = new PassThrough();
    const line = 'while read n && [ $n -lt 5 ]; do echo $((n + 1)); done';
    input.write('1\n');
    const result = await manager()
      .command(sh(line))
      .input(input)
      .run((_, chunk) => void input.write(chunk));
    expect(result).toMatchObject({ exitCode: 0, stdout: '2\n3\n4\n5\n' });
  });

  it('of a hundred million bytes is read no faster than the program reads', async () => {
    const size = 100 * 1024 * 1024;
    const piece = Buffer.alloc(64 * 1024);
    let made = 0;
    const source = function* (): Generator<Buffer> {
      for (; made < size; made += piece.length) yield piece;
    };
    const line = 'trap \'go=1\' USR1; echo up; while [ -z "$go" ]; do sleep 0.05; done; exec wc -c';
    const process = await manager().command(sh(line)).input(source()).start();
    await process.expect('up');
    expect(made).toBeLessThan(size / 10);
    process.signal('SIGUSR1');
    const { stdout } = await process.wait();
    expect(Number(stdout.split('\n')[1])).toBe(size);
  });
});

onEveryDriver('a process as the input of another', ({ manager }) => {
  it('gives its stdout only; its stderr stays its own', async () => {
    const processes = manager();
    const source = await processes.start(sh('echo out; echo err >&2'));
    const result = await processes.command(sh('cat; cat >&2')).input(source).run();
    expect(result).toMatchObject({ stdout: 'out\n', stderr: '' });
    expect(await source.wait()).toMatchObject({ stdout: 'out\n', stderr: 'err\n' });
  });
});

describe.each(testedDrivers)('the standard input of this process (driver %s)', (driver) => {
  it('can be passed on, and does not keep this process alive once the program has ended', async () => {
    const { child, printed } = startApplication(
      driver,
      `const result = await manager.command(['head', '-n', '1']).input(process.stdin).run();
       console.log('printed ' + result.stdout);`,
    );
    // It stays open.
    child.stdin?.write('first line\n');
    expect(await printed).toBe('printed first line\n\n');
  });
});
