import { PassThrough, Readable, Transform, Writable } from 'node:stream';
import { TransformStream } from 'node:stream/web';
import { createGunzip, createGzip, gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { LaunchContext, ProcessResult } from '@proc/core';
import { ThroughStage } from '../../../src/stages/through-stage.js';
import type { ThroughOptions } from '../../../src/stages/stage-function.js';
import { turn } from '../../support/turn.js';

/** Sends pieces through a stage, to its end. */
function send(
  pieces: readonly (string | Buffer)[],
  stage: unknown,
  options?: ThroughOptions,
  context: LaunchContext = {},
): Promise<ProcessResult> {
  const stdin = Readable.from(
    pieces.map((piece) => Buffer.from(piece)),
    { objectMode: false },
  );
  return new ThroughStage(stage, options).launch({ stdio: { stdin }, ...context }).outcome;
}

/** A stream that gives what it is told and never ends by itself. */
function openEnded(...pieces: string[]): PassThrough {
  const stream = new PassThrough();
  for (const piece of pieces) stream.write(piece);
  return stream;
}

describe('a map function', () => {
  const upper = (line: string): string => line.toUpperCase();

  it('is called for each line, wherever the input is cut', async () => {
    const result = await send(['al', 'pha\nbe', 'ta\r', '\n\ngamma'], upper);

    expect(result.stdout).toBe('ALPHA\nBETA\n\nGAMMA\n');
    expect(result.successful()).toBe(true);
  });

  it('sees characters that are cut in two whole', async () => {
    const bytes = Buffer.from('grüße\n');

    const result = await send(
      [bytes.subarray(0, 3), bytes.subarray(3)],
      (line: string) => `<${line}>`,
    );

    expect(result.stdout).toBe('<grüße>\n');
  });

  it.each<[string, (line: string) => unknown, string]>([
    ['nothing, which drops the line', (line) => (line === 'b' ? null : line), 'a\nc\n'],
    ['undefined, which drops the line', (_line) => undefined, ''],
    ['several lines', (line) => [line, line], 'a\na\nb\nb\nc\nc\n'],
    ['a promise', (line) => Promise.resolve(line), 'a\nb\nc\n'],
    ['a number', (line) => line.length, '1\n1\n1\n'],
    ['an empty line', (_line) => '', '\n\n\n'],
    ['a line that has its end', (line) => `${line}\n`, 'a\nb\nc\n'],
    ['bytes, which are left alone', (line) => Buffer.from(line), 'abc'],
    [
      'what a generator function yields',
      function* (line) {
        yield line;
        yield '-';
      },
      'a\n-\nb\n-\nc\n-\n',
    ],
  ])('may return %s', async (_what, map, output) => {
    const result = await send(['a\nb\nc\n'], map);

    expect(result.stdout).toBe(output);
    expect(result.error).toBeNull();
  });

  it('gets the bytes as they come when it asks for them', async () => {
    const chunks: unknown[] = [];
    const take = (chunk: Buffer): Buffer => {
      chunks.push(chunk);
      return chunk.subarray(1);
    };

    const result = await send([Buffer.from([1, 0xff]), Buffer.from([2, 0xfe])], take, {
      input: 'bytes',
    });

    expect(chunks.every((chunk) => Buffer.isBuffer(chunk))).toBe(true);
    expect(result.bytes()).toEqual(Buffer.from([0xff, 0xfe]));
  });

  it('hands on what is ready before it waits', async () => {
    const stdin = openEnded('ready\nslow\n');
    const seen: string[] = [];
    let release!: (line: string) => void;
    const map = (line: string): string | Promise<string> =>
      line === 'ready'
        ? line
        : new Promise((resolve) => {
            release = resolve;
          });
    const firstSeen = new Promise<void>((resolve) => {
      void new ThroughStage(map).launch({
        stdio: { stdin },
        onOutput: (_type, chunk) => {
          seen.push(chunk);
          resolve();
        },
      }).outcome;
    });

    await firstSeen;
    expect(seen).toEqual(['ready\n']);
    stdin.end();
    release('done');
  });

  it('is refused a stream for a single piece, with advice', async () => {
    const result = await send(['a\n'], (_line: string) => Readable.from(['x']));

    expect(result.error).toMatchObject({
      code: 'ERR_PROC_INVALID_ARGUMENT',
      message: expect.stringContaining('async generator function'),
    });
  });

  it('is refused an object', async () => {
    const result = await send(['a\n'], (line: string) => ({ line }));

    expect(result.error?.message).toContain('not a value of type Object');
  });
});

describe('an async generator function', () => {
  it('gets all lines and hands on what it yields', async () => {
    const result = await send(['a\nb\nc'], async function* number(lines: AsyncIterable<string>) {
      let count = 0;
      for await (const line of lines) yield `${++count} ${line}`;
      yield 'end';
    });

    expect(result.stdout).toBe('1 a\n2 b\n3 c\nend\n');
  });

  it('gets buffers when it asks for bytes, and its strings are left alone', async () => {
    const result = await send(
      ['ab', 'cd'],
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) yield chunk.toString('hex');
      },
      { input: 'bytes' },
    );

    expect(result.stdout).toBe('61626364');
  });

  it('closes its input when it has seen enough, also before the end', async () => {
    const stdin = openEnded('first\nsecond\n');

    const result = await new ThroughStage(async function* (lines: AsyncIterable<string>) {
      for await (const line of lines) {
        yield line;
        return;
      }
    }).launch({ stdio: { stdin } }).outcome;

    expect(result.stdout).toBe('first\n');
    expect(result.successful()).toBe(true);
    expect(stdin.destroyed).toBe(true);
  });

  it('may ignore its input', async () => {
    const result = await send(['unread'], async function* () {
      yield 'made up';
    });

    expect(result.stdout).toBe('made up\n');
  });

  it('is asked for more only as fast as its output is taken', async () => {
    let made = 0;
    const taken: (() => void)[] = [];
    const stdout = new Writable({
      highWaterMark: 1,
      write: (_chunk, _encoding, done) => taken.push(done),
    });
    const { outcome } = new ThroughStage(async function* () {
      while (made < 100) yield String(++made);
    }).launch({ stdio: { stdout } });

    await turn();
    await turn();
    expect(made).toBeLessThan(5);
    for (let turns = 0; turns < 400 && made < 100; turns++) {
      taken.shift()?.();
      await turn();
    }
    for (const done of taken) done();

    expect((await outcome).successful()).toBe(true);
    expect(made).toBe(100);
  });
});

describe('streams', () => {
  it('passes bytes through a Node stream', async () => {
    const result = await send(['hello ', 'world'], createGzip());

    expect(gunzipSync(result.bytes()).toString()).toBe('hello world');
  });

  it('passes bytes through a web stream', async () => {
    const reverse = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => controller.enqueue(Uint8Array.from(chunk).reverse()),
      flush: (controller) => controller.enqueue(Buffer.from('!')),
    });

    expect((await send(['abc'], reverse)).stdout).toBe('cba!');
  });

  it('makes a stream anew for each run from a function without parameters', async () => {
    const stage = new ThroughStage(() => createGzip());
    const run = (): Promise<ProcessResult> =>
      stage.launch({ stdio: { stdin: Readable.from([Buffer.from('twice')]) } }).outcome;

    for (const result of [await run(), await run()]) {
      expect(gunzipSync(result.bytes()).toString()).toBe('twice');
    }
  });

  it('refuses a second run through the same stream, and says what to do', async () => {
    const stage = new ThroughStage(createGzip());
    const run = (): Promise<ProcessResult> =>
      stage.launch({ stdio: { stdin: Readable.from([Buffer.from('once')]) } }).outcome;
    await run();

    const second = await run();

    expect(second.error).toMatchObject({
      code: 'ERR_PROC_INVALID_ARGUMENT',
      message: expect.stringContaining('pipe.through(() => createGzip())'),
    });
  });

  it('refuses a function without parameters that makes no stream', async () => {
    const result = await send(['x'], () => 'no stream');

    expect(result.error).toMatchObject({
      code: 'ERR_PROC_INVALID_ARGUMENT',
      message: expect.stringMatching(/gave string\. To work on lines give it a parameter/),
    });
  });

  it('is satisfied with a stream that ends before its input does', async () => {
    const stdin = openEnded('head');
    const head = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        this.push(chunk);
        this.push(null);
        done();
      },
    });

    const result = await new ThroughStage(head).launch({ stdio: { stdin } }).outcome;

    expect(result.stdout).toBe('head');
    expect(stdin.destroyed).toBe(true);
  });
});

describe('failures', () => {
  const broken = new Error('broken');

  it.each<[string, () => unknown]>([
    [
      'a map function',
      () => (_line: string) => {
        throw broken;
      },
    ],
    ['an asynchronous map function', () => (_line: string) => Promise.reject(broken)],
    [
      'a generator',
      () =>
        async function* (lines: AsyncIterable<string>) {
          for await (const _ of lines) throw broken;
          yield '';
        },
    ],
    [
      'a Node stream',
      () => new Transform({ transform: (_chunk, _encoding, done) => done(broken) }),
    ],
    [
      'a Node stream that throws',
      () =>
        new Transform({
          transform: () => {
            throw broken;
          },
        }),
    ],
    [
      'a web stream',
      () =>
        new TransformStream({
          transform: () => {
            throw broken;
          },
        }),
    ],
    [
      'a function that makes a stream',
      () => () => {
        throw broken;
      },
    ],
  ])('are told with their cause: %s', async (_what, make) => {
    const stdin = openEnded('line\n');

    const result = await new ThroughStage(make()).launch({ stdio: { stdin } }).outcome;

    expect(result.failed()).toBe(true);
    expect(result.error).toMatchObject({
      name: 'PipelineStageError',
      code: 'ERR_PROC_PIPELINE_STAGE',
      cause: broken,
    });
    expect(() => result.throw()).toThrow(/failed: broken/);
    expect(stdin.destroyed).toBe(true);
  });

  it('is told from a stream of its own: data that can not be unpacked', async () => {
    const result = await send(['not gzip'], createGunzip());

    expect(result.error?.cause).toMatchObject({ code: 'Z_DATA_ERROR' });
  });

  it('names the failed source of its input', async () => {
    const stdin = new Readable({ read: () => undefined });
    const { outcome } = new ThroughStage((line: string) => line).launch({ stdio: { stdin } });

    stdin.destroy(broken);

    expect((await outcome).error).toMatchObject({ code: 'ERR_PROC_INPUT_SOURCE', cause: broken });
    expect((await outcome).reason).toBe('inputFailed');
  });

  it('names a failed output callback', async () => {
    const result = await send(
      ['a\n'],
      (line: string) => line,
      {},
      {
        stdio: { stdin: openEnded('a\n') },
        onOutput: () => {
          throw broken;
        },
      },
    );

    expect(result.error).toMatchObject({ code: 'ERR_PROC_OUTPUT_CALLBACK', cause: broken });
  });

  it.each([
    ['nothing', null],
    ['a number', 5],
    ['an object', {}],
  ])('refuses %s as a stage', (_what, stage) => {
    expect(() => new ThroughStage(stage)).toThrow(
      /A stage of a pipeline is an async generator function/,
    );
  });

  it('refuses an unknown kind of input', () => {
    const options = { input: 'words' } as unknown as ThroughOptions;
    expect(() => new ThroughStage((line: string) => line, options)).toThrow(/"lines" or "bytes"/);
    expect(() => new ThroughStage((line: string) => line, { inptu: 'bytes' } as never)).toThrow(
      'Unknown key: "inptu". Did you mean "input"?',
    );
  });
});

describe('a run of it', () => {
  const endless = async function* (lines: AsyncIterable<string>) {
    for await (const line of lines) yield line;
  };
  const stuck = async function* () {
    await new Promise(() => undefined);
    yield '';
  };

  it.each([
    ['a busy', endless],
    ['a stuck', stuck],
  ])('is cancelled by its signal: %s function', async (_kind, stage) => {
    const controller = new AbortController();
    const stdin = openEnded('line\n');
    const launched = new ThroughStage(stage).launch({
      stdio: { stdin },
      signal: controller.signal,
    });
    await turn();
    expect(launched.running()).toBe(true);

    controller.abort(new Error('enough'));

    const result = await launched.outcome;
    expect(result).toMatchObject({ reason: 'cancelled', cancelled: true, exitCode: null });
    expect(result.error?.message).toContain('enough');
    expect(stdin.destroyed).toBe(true);
  });

  it('does not begin when the signal has been aborted', async () => {
    let called = false;
    const stage = new ThroughStage((_line: string) => {
      called = true;
    });

    const result = await stage.launch({
      stdio: { stdin: openEnded('a\n') },
      signal: AbortSignal.abort(),
    }).outcome;

    expect(result.cancelled).toBe(true);
    expect(called).toBe(false);
  });

  it('tells the function when the run is over', async () => {
    let over: AbortSignal | undefined;
    const launched = new ThroughStage((_line: string, { signal }: { signal: AbortSignal }) => {
      over = signal;
    }).launch({ stdio: { stdin: openEnded('a\n') } });
    await turn();
    expect(over?.aborted).toBe(false);

    await launched.stop();

    expect(over?.aborted).toBe(true);
  });

  it('is stopped with the signal as its result', async () => {
    const launched = new ThroughStage(stuck).launch();

    const result = await launched.stop('1s');

    expect(result).toMatchObject({
      signal: 'SIGTERM',
      exitCode: null,
      shellCode: 143,
      reason: 'stopped',
      error: null,
    });
    expect(() => result.throw()).toThrow(expect.objectContaining({ code: 'ERR_PROC_SIGNALED' }));
    expect(await launched.stop()).toBe(result);
  });

  it('ends by a signal that ends programs, ignores others and can be asked', async () => {
    const launched = new ThroughStage(stuck).launch();

    expect(launched.signal(0)).toBe(true);
    expect(launched.signal('SIGUSR1')).toBe(false);
    expect(launched.signal('SIGINT')).toBe(true);

    expect((await launched.outcome).signal).toBe('SIGINT');
    expect(launched.signal('SIGINT')).toBe(false);
  });

  it('ends as a program does whose reader is gone', async () => {
    const stdout = new PassThrough();
    const stdin = openEnded('line\n');
    const launched = new ThroughStage(endless).launch({ stdio: { stdin, stdout } });
    await turn();

    stdout.destroy();

    expect(await launched.outcome).toMatchObject({ signal: 'SIGPIPE', error: null });
    expect(stdin.destroyed).toBe(true);
  });

  it('shows its output with its key, and keeps none of it when it goes elsewhere', async () => {
    const shown: unknown[] = [];
    const stdout = new PassThrough();

    const result = await send(
      ['a\n'],
      (line: string) => line,
      {},
      {
        key: 'k',
        stdio: { stdin: Readable.from([Buffer.from('a\n')]), stdout },
        onOutput: (...call) => void shown.push(call),
      },
    );

    expect(shown).toEqual([['out', 'a\n', 'k']]);
    expect(result.stdout).toBe('');
    expect(String(stdout.read())).toBe('a\n');
  });

  it('is called by the name of its function', () => {
    expect(String(new ThroughStage(endless))).toBe('[in-process: endless]');
    expect(String(new ThroughStage(createGzip()))).toBe('[in-process: Gzip]');
    expect(String(new ThroughStage((line: string) => line))).toBe('[in-process: function]');
  });
});
