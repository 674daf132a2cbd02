import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  OutputCallbackError,
  OutputLimitError,
  type ProcessError,
  type ProcessHandle,
} from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';
import { script, sh } from '../support/programs.js';

const rejection = async (run: Promise<unknown>): Promise<ProcessError> =>
  run.then(
    () => {
      throw new Error('it was expected to reject');
    },
    (error: unknown) => error as ProcessError,
  );

onEveryDriver('output', ({ manager }) => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'output-'));
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  it('merges in the exact order in which the program printed', async () => {
    const line = 'i=0; while [ $i -lt 200 ]; do echo "out $i"; echo "err $i" >&2; i=$((i+1)); done';
    const result = await manager().command(sh(line)).mergeStderr().run();
    const wanted = Array.from({ length: 200 }, (_, i) => [`out ${i}`, `err ${i}`]).flat();
    expect(result.lines()).toEqual(wanted);
    expect(result.stderr).toBe('');
  });

  it('of 50 MB is kept byte for byte, with nothing left in the temporary directory', async () => {
    const code = `const hash = require('node:crypto').createHash('sha256');
      const block = Buffer.alloc(1 << 20);
      (async () => {
        for (let n = 0; n < 50; n++) {
          block.fill(n + 1);
          hash.update(block);
          if (!process.stdout.write(Buffer.from(block)))
            await new Promise((resolve) => process.stdout.once('drain', resolve));
        }
        process.stderr.write(hash.digest('hex'));
      })();`;
    const result = await manager().run(script(code));
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of result.stream()) {
      hash.update(chunk as Buffer);
      size += (chunk as Buffer).length;
    }
    expect(size).toBe(50 << 20);
    expect(hash.digest('hex')).toBe(result.stderr);
    expect(createHash('sha256').update(result.bytes()).digest('hex')).toBe(result.stderr);
    const mine = `proc-${process.pid}-`;
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(mine))).toEqual([]);
  });

  it.each([
    ['head', 'abcd', true],
    ['tail', 'ghij', true],
    ['headTail', 'abij', true],
    ['discard', '', false],
    ['spill', 'abcdefghij', false],
  ] as const)('is kept as "%s" says', async (policy, kept, truncated) => {
    const result = await manager().command(['printf', 'abcdefghij']).maxOutput(4, policy).run();
    expect(result).toMatchObject({ stdout: kept, outputTruncated: truncated, exitCode: 0 });
  });

  it('above its limit ends the process with a typed error', async () => {
    const error = await rejection(manager().command(['yes']).maxOutput(1000).run());
    expect(OutputLimitError.is(error)).toBe(true);
    expect(error.result).toMatchObject({ reason: 'outputLimit', outputTruncated: true });
    expect(error.result?.stdout).toBe('y\n'.repeat(500));
  });

  it('at its limit is none too much', async () => {
    const result = await manager().command(['printf', 'abcd']).maxOutput(4).run();
    expect(result).toMatchObject({ stdout: 'abcd', outputTruncated: false });
  });

  it('goes to files, from the start or appended, beside what is captured', async () => {
    const file = join(directory, `file-${Math.random()}`);
    const pending = manager().command(sh('echo out; echo err >&2'));
    await pending.output({ stdout: { file } }).run();
    expect(readFileSync(file, 'utf8')).toBe('out\n');
    await pending.output({ stdout: { file, append: true } }).run();
    const result = await pending.run();
    expect(readFileSync(file, 'utf8')).toBe('out\nout\nout\n');
    expect(result).toMatchObject({ stdout: 'out\n', stderr: 'err\n' });
    await pending
      .output({ stdout: { file }, stderr: { file: `${file}.err` } })
      .quietly()
      .run();
    expect(readFileSync(file, 'utf8')).toBe('out\n');
    expect(readFileSync(`${file}.err`, 'utf8')).toBe('err\n');
  });

  it('goes to a stream too, which stays open', async () => {
    const tee = new PassThrough();
    const result = await manager().command(['echo', 'x']).output({ stdout: { tee } }).run();
    expect(String(tee.read())).toBe('x\n');
    expect([result.stdout, tee.writableEnded]).toEqual(['x\n', false]);
  });

  it('ends the process when the stream that gets a copy fails', async () => {
    const tee = new PassThrough();
    const run = manager().command(['yes']).quietly().output({ stdout: { tee } }).run();
    const full = new Error('disk full');
    tee.once('readable', () => tee.destroy(full));
    const error = await rejection(run);
    expect(OutputCallbackError.is(error)).toBe(true);
    expect(error.cause).toBe(full);
  });

  it('is not kept quietly, but a callback still gets it', async () => {
    const chunks: string[] = [];
    const result = await manager()
      .command(sh('echo out; echo err >&2'))
      .quietly()
      .run((type, chunk) => void chunks.push(`${type} ${chunk}`));
    expect(chunks.sort()).toEqual(['err err\n', 'out out\n']);
    expect(result).toMatchObject({ stdout: '', stderr: '', exitCode: 0 });
    expect((await manager().command(['echo', 'x']).quietly().run()).stdout).toBe('');
  });

  it('stays whole where a decorator has put a stream of its own in place, and keeps what goes through', async () => {
    const processes = manager();
    const kept: Buffer[] = [];
    const keeping = (handle: ProcessHandle): ProcessHandle => {
      const stream = new PassThrough().on('pipe', (source) => {
        source.on('data', (chunk: Buffer) => kept.push(chunk));
      });
      return Object.assign(handle, { stdout: handle.stdout?.pipe(stream) });
    };
    processes.decorateDrivers((driver) => ({
      name: driver.name,
      capabilities: driver.capabilities,
      start: async (launch) => keeping(await driver.start(launch)),
    }));

    const result = await processes.run(['head', '-c', '8000000', '/dev/zero']);

    expect(result.bytes()).toHaveLength(8_000_000);
    expect(Buffer.concat(kept)).toHaveLength(8_000_000);
  });
});

onEveryDriver('an output callback', ({ manager }) => {
  it('never gets a part of a character', async () => {
    const code = `const bytes = Buffer.from('\\u20ac\\u{1f600}'.repeat(20));
      let at = 0;
      const next = () => { if (at < bytes.length) process.stdout.write(bytes.subarray(at, ++at), next); };
      next();`;
    const chunks: string[] = [];
    await manager().run(script(code), (_, chunk) => void chunks.push(chunk));
    expect(chunks.join('')).toBe('\u20ac\u{1f600}'.repeat(20));
    expect(chunks.every((chunk) => /^[\u20ac\u{1f600}]+$/u.test(chunk))).toBe(true);
  });

  it.each<[string, (error: Error) => never | Promise<never>]>([
    [
      'throws',
      (error) => {
        throw error;
      },
    ],
    ['rejects', (error) => Promise.reject(error)],
  ])('that %s ends the process, with its error as the cause', async (_, fail) => {
    const mine = new Error('no more');
    let calls = 0;
    const run = manager().run(['yes'], () => {
      calls++;
      return fail(mine);
    });
    const error = await rejection(run);
    expect(OutputCallbackError.is(error)).toBe(true);
    expect([error.cause, calls]).toEqual([mine, 1]);
    expect(error.message).toMatch(/receiver of its output failed: no more/);
    expect(error.result).toMatchObject({ reason: 'callbackFailed' });
  });

  it('holds the program back while its promise is pending', async () => {
    const code = `let blocks = 0;
      const more = () => { while (++blocks <= 64 && process.stdout.write(Buffer.alloc(65536))); };
      process.stdout.on('drain', more);
      process.stdin.once('data', () => { process.stderr.write('written ' + blocks); });
      process.stdin.once('end', () => process.exit());
      more();`;
    let release: () => void = () => undefined;
    let began: () => void = () => undefined;
    const first = new Promise<void>((resolve) => {
      began = resolve;
    });
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let active = 0;
    const process = await manager()
      .command(script(code))
      .interactive()
      .start(async () => {
        expect(++active).toBe(1);
        began();
        await held;
        active--;
      });
    await first;
    await process.write('how many?');
    release();
    const [, blocks] = await process.expect(/written (\d+)/);
    expect(Number(blocks)).toBeLessThan(64);
    await process.closeInput();
    await process.wait();
  });

  it('given to wait() takes the place of the one given at the start', async () => {
    const seen: string[] = [];
    const process = await manager()
      .command(sh('echo first; read x; echo second'))
      .interactive()
      .start((_, chunk) => void seen.push(`start ${chunk}`));
    await process.expect('first');
    const wait = process.wait((_, chunk) => void seen.push(`wait ${chunk}`));
    await process.write('\n');
    await wait;
    expect(seen).toEqual(['start first\n', 'wait second\n']);
  });
});
