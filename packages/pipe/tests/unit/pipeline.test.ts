import { getEventListeners } from 'node:events';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  PipelineCompleted,
  PipelineStarted,
  StageCompleted,
  type EventDispatcher,
  type Launchable,
  type ProcEvent,
} from '@proc/core';
import { PipelineFailedError } from '../../src/errors/pipeline-failed-error.js';
import type { Pipeline } from '../../src/pipeline.js';
import type { PipefailPolicy, PipelineMode } from '../../src/pipeline-options.js';
import { HandMadeStage } from '../support/hand-made-stage.js';
import { pipelineOf } from '../support/pipeline-of.js';
import { turn } from '../support/turn.js';

const MODES: readonly PipelineMode[] = ['sequential', 'streaming'];

function printing(text: string, type: 'out' | 'err' = 'out'): HandMadeStage {
  return new HandMadeStage(text, async ({ onOutput, key }) => {
    await onOutput?.(type, text, key);
    return { stdout: text };
  });
}

describe.each(MODES)('a %s pipeline', (mode) => {
  describe('that is ended from outside', () => {
    it('times out as a whole', async () => {
      const stage = new HandMadeStage('slow');
      const pipeline = pipelineOf(
        { slow: stage, next: new HandMadeStage('next') },
        { mode },
      ).timeout(5);

      const error: unknown = await pipeline.run().catch((reason: unknown) => reason);

      expect(error).toMatchObject({
        code: 'ERR_PROC_TIMED_OUT',
        limitMs: 5,
        message: expect.stringContaining('slow | next'),
        result: { timedOut: true, reason: 'timedOut', failedStage: { key: 'slow' } },
      });
      expect(stage.launches[0]?.stops).toHaveLength(1);
    });

    it('is cancelled by its signal, with the reason as the cause', async () => {
      const controller = new AbortController();
      const stage = new HandMadeStage('slow');
      const running = pipelineOf([stage, new HandMadeStage('b')], { mode })
        .abortWith(controller.signal)
        .run();
      await stage.launched();
      const reason = new Error('enough');

      controller.abort(reason);

      await expect(running).rejects.toMatchObject({ code: 'ERR_PROC_CANCELLED', cause: reason });
    });

    it('starts nothing when its signal has been aborted before', async () => {
      const stage = new HandMadeStage('a', {});
      const pipeline = pipelineOf([stage], { mode, signal: AbortSignal.abort() });

      await expect(pipeline.run()).rejects.toMatchObject({
        code: 'ERR_PROC_CANCELLED',
        result: { stages: [], failedStage: undefined },
      });

      expect(stage.launches).toHaveLength(0);
    });

    it('leaves no timer and no listener behind', async () => {
      const { signal } = new AbortController();
      const timers = (): number =>
        process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
      const before = timers();

      await pipelineOf([new HandMadeStage('a', {})], { mode, signal, timeout: '1h' }).run();

      expect(getEventListeners(signal, 'abort')).toEqual([]);
      expect(timers()).toBe(before);
    });

    it('is stopped: grace and signal reach the stages, and the result is no error', async () => {
      const stage = new HandMadeStage('slow');
      const launched = pipelineOf([stage], { mode }).launch();
      await stage.launched();

      const result = await launched.stop('2s', 'SIGINT');

      expect(stage.launches[0]?.stops).toEqual([['2s', 'SIGINT']]);
      expect(result).toMatchObject({ reason: 'stopped', error: null, signal: 'SIGTERM' });
      expect(launched.running()).toBe(false);
      expect(await launched.stop()).toBe(result);
    });

    it('passes a signal on, and tells whether there was a stage to receive it', async () => {
      const stage = new HandMadeStage('slow');
      const launched = pipelineOf([stage], { mode }).launch();
      await stage.launched();

      expect(launched.signal('SIGUSR1')).toBe(true);
      expect(launched.pid).toBe(4711);
      stage.launches[0]?.end();
      await launched.outcome;

      expect(stage.launches[0]?.signals).toEqual(['SIGUSR1']);
      expect(launched.signal('SIGUSR1')).toBe(false);
      expect(launched.pid).toBeUndefined();
    });

    it('refuses a bad grace, an unknown signal, and goes on', async () => {
      const stage = new HandMadeStage('slow');
      const launched = pipelineOf([stage], { mode }).launch();
      await stage.launched();

      await expect(launched.stop(-1)).rejects.toMatchObject({ code: 'ERR_PROC_INVALID_ARGUMENT' });
      await expect(launched.stop(1, 'SIGNOPE' as 'SIGTERM')).rejects.toMatchObject({
        code: 'ERR_PROC_INVALID_ARGUMENT',
      });
      expect(stage.launches[0]?.stops).toEqual([]);
      stage.launches[0]?.end();
      expect((await launched.outcome).successful()).toBe(true);
    });
  });

  describe('with a stage that breaks the contract', () => {
    it.each<[string, () => Launchable]>([
      [
        'by throwing',
        () => ({
          launch: () => {
            throw new Error('no');
          },
          toString: () => 'bad',
        }),
      ],
      [
        'by a rejected outcome',
        () => ({
          launch: () => ({
            outcome: Promise.reject(new Error('no')),
            pid: undefined,
            running: () => false,
            signal: () => false,
            stop: () => Promise.reject(new Error('no')),
          }),
          toString: () => 'bad',
        }),
      ],
    ])('fails, and stops the others: %s', async (_how, make) => {
      const pipeline = pipelineOf([make(), new HandMadeStage('b')], { mode });

      await expect(pipeline.run()).rejects.toMatchObject({
        code: 'ERR_PROC_START',
        message: 'The stage "bad" could not be launched: no',
        result: { failedStage: { key: 0 } },
      });
    });

    it.each(['', 'a\0b', 'half \ud800'])(
      'fails also where its text is no command: %j',
      async (text) => {
        const launch = (): never => {
          throw new Error('no');
        };
        const pipeline = pipelineOf([{ launch, toString: () => text }], { mode });

        expect((await pipeline.launch().outcome).error).toMatchObject({ code: 'ERR_PROC_START' });
      },
    );
  });

  describe('and its output callback', () => {
    it('sees every stage, with its key', async () => {
      const calls: unknown[] = [];

      await pipelineOf({ a: printing('A'), b: printing('B', 'err') }, { mode }).run(
        (type, chunk, key) => {
          calls.push([type, chunk, key]);
        },
      );

      expect(calls).toEqual([
        ['out', 'A', 'a'],
        ['err', 'B', 'b'],
      ]);
    });

    it('receives the text alone when it declares a single parameter, also as an option', async () => {
      const chunks: unknown[] = [];
      const pipeline = pipelineOf([printing('A')], { mode });

      await pipeline.run((chunk) => void chunks.push(chunk));
      await pipeline.run({ output: (chunk) => void chunks.push(chunk) });
      await pipeline.run({ output: (...all) => void chunks.push(all) });

      expect(chunks).toEqual(['A', 'A', ['out', 'A', 0]]);
    });

    it('sees what a shell would print when the pipeline is launched by somebody else, under their key', async () => {
      const calls: unknown[] = [];
      const launched = pipelineOf(
        { a: printing('A'), warns: printing('W', 'err'), b: printing('B') },
        { mode },
      ).launch({
        key: 'pool key',
        onOutput: (...call) => void calls.push(call),
      });

      await launched.outcome;

      expect(calls).toEqual([
        ['err', 'W', 'pool key'],
        ['out', 'B', 'pool key'],
      ]);
    });

    it('is refused when it is none', async () => {
      const run = (output: unknown) => pipelineOf([printing('A')], { mode }).run(output as never);

      await expect(run({ ouput: () => undefined })).rejects.toMatchObject({
        code: 'ERR_PROC_INVALID_ARGUMENT',
        message: expect.stringContaining('"ouput"'),
      });
      await expect(run('text')).rejects.toMatchObject({ code: 'ERR_PROC_INVALID_ARGUMENT' });
    });
  });

  describe('and events', () => {
    class Recorder implements Pick<EventDispatcher, 'dispatch' | 'hasListeners'> {
      readonly heard: ProcEvent[] = [];
      asked = 0;
      constructor(readonly listens: boolean) {}
      hasListeners(): boolean {
        this.asked += 1;
        return this.listens;
      }
      dispatch(event: ProcEvent): Promise<void> {
        this.heard.push(event);
        return Promise.resolve();
      }
    }

    it('tells of its start, of each stage and of its end', async () => {
      const events = new Recorder(true);

      const result = await pipelineOf(
        { a: new HandMadeStage('a', {}), b: new HandMadeStage('b', { exitCode: 1 }) },
        { mode },
        events as unknown as EventDispatcher,
      ).run();

      expect(events.heard.map(({ name }) => name)).toEqual([
        'PipelineStarted',
        'StageCompleted',
        'StageCompleted',
        'PipelineCompleted',
      ]);
      const [started, first, second, completed] = events.heard as [
        PipelineStarted,
        StageCompleted,
        StageCompleted,
        PipelineCompleted,
      ];
      expect([first.key, second.key]).toEqual(['a', 'b']);
      expect(second.result.exitCode).toBe(1);
      expect(completed.result).toBe(result);
      expect(
        new Set([started, first, second, completed].map(({ pipelineId }) => pipelineId)).size,
      ).toBe(1);
    });

    it('makes none that nobody hears', async () => {
      const events = new Recorder(false);

      await pipelineOf(
        [new HandMadeStage('a', {})],
        { mode },
        events as unknown as EventDispatcher,
      ).run();

      expect(events.asked).toBeGreaterThan(0);
      expect(events.heard).toEqual([]);
    });
  });
});

describe('the result of a pipeline', () => {
  const failing = () =>
    pipelineOf({
      gather: new HandMadeStage('gather', {}),
      count: new HandMadeStage('count', {
        exitCode: 3,
        stderr: 'line 1\nline 2\n',
        command: 'wc -l',
      }),
    });

  it('throws an error that names the stage, its command, how it ended and what it said', async () => {
    const result = await failing().run();

    const error = catchError(() => result.throw());

    expect(PipelineFailedError.is(error)).toBe(true);
    expect(error).toMatchObject({
      code: 'ERR_PROC_PIPELINE_FAILED',
      result,
      failedStage: { key: 'count' },
    });
    expect((error as PipelineFailedError).stages).toHaveLength(2);
    expect((error as PipelineFailedError).message).toBe(
      'At stage 2 ("count") of the pipeline "gather | count": the command "wc -l" failed with exit code 3 ' +
        '(General error).\nError output:\nline 1\nline 2',
    );
    expect((error as PipelineFailedError).cause).toMatchObject({ code: 'ERR_PROC_FAILED' });
    expect(Object.keys(error as object)).toEqual(['code']);
  });

  it('counts the launches before its own, as those of a pool that tries again', async () => {
    const pipeline = pipelineOf([new HandMadeStage('a', {})]);
    expect((await pipeline.run()).attempts).toBe(1);
    expect((await pipeline.launch({ previousAttempts: 2 }).outcome).attempts).toBe(3);
  });

  it('throws under both names, after the callback, and only when it failed', async () => {
    const result = await failing().run();
    const seen: unknown[] = [];

    expect(() => result.throwIfFailed((...args) => seen.push(args))).toThrow(PipelineFailedError);
    expect(seen).toEqual([[result, expect.any(PipelineFailedError)]]);
    expect(() => result.throwIf(true)).toThrow(PipelineFailedError);
    expect(result.throwUnless(true)).toBe(result);

    const fine = await pipelineOf([new HandMadeStage('a', {})]).run();
    expect(fine.throwIfFailed()).toBe(fine);
  });

  it('throws what the run rejected with when it ended by an error', async () => {
    const result = await pipelineOf([new HandMadeStage('slow')])
      .timeout(5)
      .launch().outcome;

    expect(result.error).toMatchObject({ code: 'ERR_PROC_TIMED_OUT' });
    expect(catchError(() => result.throw())).toBe(result.error);
  });

  it('finds a stage by its name or its position', async () => {
    const result = await failing().run();

    expect(result.stage('count')).toBe(result.stages[1]);
    expect(result.stage(1)).toBe(result.stages[1]);
    expect(result.stage('nope')).toBeUndefined();
  });

  it('offers all that a result offers', async () => {
    const stdout = '{"a":1}\nsecond\n';
    const result = await pipelineOf([new HandMadeStage('a', { stdout, stderr: 'careful' })]).run();

    expect(result.output()).toBe(stdout);
    expect(result.errorOutput()).toBe('careful');
    expect(result.lines()).toEqual(['{"a":1}', 'second']);
    expect(result.bytes()).toEqual(Buffer.from(stdout));
    expect(result.seeInOutput(/second/g)).toBe(true);
    expect(result.seeInErrorOutput('careful')).toBe(true);
    expect(() => result.json()).toThrow(
      expect.objectContaining({ code: 'ERR_PROC_OUTPUT_FORMAT' }),
    );
    expect(result.command).toBe('a');
    expect(result.toJSON()).toMatchObject({
      command: 'a',
      exitCode: 0,
      stdout,
      error: null,
      stages: [{ key: 0, exitCode: 0, bytesIn: null, bytesOut: 15 }],
    });
    expect(JSON.parse(JSON.stringify(result))).toMatchObject({ stdout });
  });

  it('parses and validates JSON', async () => {
    const result = await pipelineOf([new HandMadeStage('a', { stdout: '{"a":1}' })]).run();
    const schema = (issues?: { message: string }[]) => ({
      '~standard': {
        version: 1 as const,
        vendor: 'test',
        validate: (value: unknown) => (issues === undefined ? { value } : { issues }),
      },
    });

    expect(result.json()).toEqual({ a: 1 });
    expect(result.json(schema())).toEqual({ a: 1 });
    expect(() => result.json(schema([{ message: 'too small' }]))).toThrow(/too small/);
  });
});

describe('a description', () => {
  it('refuses what it does not know', () => {
    const make = (options: object) => () => pipelineOf([new HandMadeStage()], options);

    expect(make({ mode: 'parallel' })).toThrow(/"sequential", "streaming"/);
    expect(make({ pipefail: 'never' })).toThrow(/"strict", "tolerant", "last"/);
    expect(make({ timeout: -1 })).toThrow(/timeout/);
    expect(make({ pipefial: 'strict' })).toThrow(
      'Unknown key: "pipefial". Did you mean "pipefail"?',
    );
    expect(make({ cwd: '/' })).toThrow(
      'Unknown key: "cwd". It is an option of a process, and goes with each stage. The options of',
    );
    expect(make({ signal: 'x' })).toThrow('abortWith takes an AbortSignal.');
    expect(make(() => undefined)).toThrow('An output callback goes to run(), or to start().');
    expect(make(null as never)).toThrow('The options of a pipeline are given as an object.');
    expect(() => pipelineOf([new HandMadeStage()]).pipefail('x' as PipefailPolicy)).toThrow(
      /pipefail/,
    );
  });

  it('refuses options of to() that there are not, and leaves the output where it was', () => {
    const pipeline = pipelineOf([new HandMadeStage('a')]);
    const to = (options: unknown) => () => pipeline.to('out', options as object);

    expect(to(null)).toThrow('The options of to() are given as an object.');
    expect(to({ apend: true })).toThrow('Unknown key: "apend". Did you mean "append"?');
    expect(to({ append: 'yes' })).toThrow('The option append of to() is true or false.');
    expect(String(pipeline)).toBe('a');
    expect(String(pipeline.to('out', { append: undefined }))).toBe('a > out');
  });

  it('has another fingerprint for each place that its output goes to', () => {
    const one = (): Pipeline => pipelineOf([new HandMadeStage('a')]);
    const prints = [
      one(),
      one().tee('x'),
      one().tee('y'),
      one().tee('x').tee('y'),
      one().tee(process.stdout),
      one().to('x'),
      one().to('x', { append: true }),
    ].map((pipeline) => JSON.stringify(pipeline.fingerprint()));

    expect(new Set(prints).size).toBe(prints.length);
    expect(one().to(resolve('x')).fingerprint()).toEqual(one().to('x').fingerprint());
  });

  it('is written as a shell line, with its keys', () => {
    const pipeline = pipelineOf({ a: new HandMadeStage('sort -u'), b: new HandMadeStage('wc -l') });

    expect(String(pipeline)).toBe('sort -u | wc -l');
    expect(pipeline.keys).toEqual(['a', 'b']);
  });

  it('does not change a run that is under way', async () => {
    const stage = new HandMadeStage('a');
    const pipeline = pipelineOf([stage]);
    const running = pipeline.run();
    await stage.launched();

    pipeline.timeout(1).abortWith(AbortSignal.abort());
    await turn();
    stage.launches[0]?.end();

    expect((await running).successful()).toBe(true);
  });
});

function catchError(fn: () => unknown): unknown {
  try {
    return fn();
  } catch (error) {
    return error;
  }
}
