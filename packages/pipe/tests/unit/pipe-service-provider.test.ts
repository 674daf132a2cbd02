import { describe, expect, it } from '@jest/globals';
import {
  Application,
  PipelineStarted,
  ProcessManager,
  ProcessServiceProvider,
  type EventDispatcher,
} from '@proc/core';
import { EntryList } from '@proc/core/internal';
import { installPipe, Pipeline, PipelineFactory } from '@proc/pipe';
import { createApplication, withManager } from '../support/application.js';
import { HandMadeStage } from '../support/hand-made-stage.js';

describe('PipeServiceProvider', () => {
  it('gives the manager pipelines under two names, and itself a name in the container', async () => {
    const app = await createApplication();
    const processes = app.get(ProcessManager);

    expect(processes.pipe(['a'])).toBeInstanceOf(Pipeline);
    expect(processes.pipeThrough(['a'])).toBeInstanceOf(Pipeline);
    expect(app.get('process.pipe')).toBe(app.get(PipelineFactory));
    await app.shutdown();
  });

  it('gives pools the verb pipeThrough, though neither knows the other', async () => {
    await withManager(async (processes) => {
      const pool = new EntryList(processes, 'pool');

      const pipeline = pool.builder.as('both').pipeThrough((pipe) => {
        pipe.command('a');
        pipe.command('b');
      });

      expect(pipeline).toBeInstanceOf(Pipeline);
      expect(pool.entries).toEqual([{ key: 'both', entry: pipeline, attributes: {} }]);
    });
  });

  it('reads the mode from the configuration; a pipeline may say otherwise', async () => {
    await withManager(
      async (processes) => {
        const [first, second] = [new HandMadeStage('a'), new HandMadeStage('b')];

        const both = processes.pipe([first, second]).run();
        await second.launched();
        first.launches[0]?.end();
        second.launches[0]?.end();
        await both;
        const [third, fourth] = [
          new HandMadeStage('c', { exitCode: 1 }),
          new HandMadeStage('d', {}),
        ];
        await processes.pipe([third, fourth], { mode: 'sequential' }).run();

        expect(fourth.launches).toHaveLength(0);
      },
      { default: 'node', pipe: { mode: 'streaming' } },
    );
  });

  it('stops what runs at shutdown', async () => {
    const app = await createApplication();
    const stage = new HandMadeStage('endless');
    const { outcome } = app.get(ProcessManager).pipe([stage]).launch();
    await stage.launched();

    await app.shutdown();

    expect(await outcome).toMatchObject({ reason: 'stopped' });
  });

  it('is missed by name', async () => {
    const app = new Application({ providers: [ProcessServiceProvider] });
    await app.boot();

    expect(() => app.get(ProcessManager).pipe(['a'])).toThrow(/PipeServiceProvider of @proc\/pipe/);
    await app.shutdown();
  });
});

describe('installPipe', () => {
  it('works without an application of pipelines, and tells the given dispatcher', async () => {
    const app = new Application({ providers: [ProcessServiceProvider] });
    await app.boot();
    const processes = app.get(ProcessManager);
    const heard: unknown[] = [];
    const events = {
      hasListeners: (type: unknown) => type === PipelineStarted,
      dispatch: async (event: unknown) => void heard.push(event),
    } as unknown as EventDispatcher;

    installPipe(processes, events, { mode: 'streaming' });
    await processes.pipe([new HandMadeStage('a', {})]).run();

    expect(heard).toEqual([expect.any(PipelineStarted)]);
    await app.shutdown();
  });
});

describe('the stages of a pipeline', () => {
  const refusals: [string, (processes: ProcessManager) => unknown, RegExp][] = [
    ['none, in a callback', (processes) => processes.pipe(() => undefined), /at least one stage/],
    ['none, in a list', (processes) => processes.pipe([]), /at least one stage/],
    [
      'a name that is taken',
      (processes) =>
        processes.pipe((pipe) => {
          pipe.as('a').command('x');
          pipe.as('a').command('y');
        }),
      /"a"/,
    ],
    [
      'an asynchronous callback',
      (processes) => processes.pipe(async (pipe) => void pipe.command('x')),
      /must not be asynchronous/,
    ],
    ['a number', (processes) => processes.pipe([5 as never]), /pipeline/],
    [
      'neither callback nor list',
      (processes) => processes.pipe('ls' as never),
      /callback or a list of stages, but this was given: 'ls'/,
    ],
  ];

  it.each(refusals)('may not be %s', async (_what, define, message) => {
    await withManager(async (processes) => {
      expect(() => define(processes)).toThrow(
        expect.objectContaining({
          code: 'ERR_PROC_INVALID_ARGUMENT',
          message: expect.stringMatching(message),
        }),
      );
    });
  });

  it('come from a callback or a list alike, in order and under their names', async () => {
    await withManager(async (processes) => {
      const upper = (line: string): string => line.toUpperCase();
      const defined = processes.pipe((pipe) => {
        pipe.command(['printf', 'a b']).path('/');
        pipe.as('upper').through(upper);
        pipe.as('count').command('wc -l').quietly();
        pipe.pipeThrough(['x', 'y']);
      });
      const listed = processes.pipe([
        ['printf', 'a b'],
        upper,
        { command: 'wc', args: ['-l'], key: 'count', quiet: true },
        processes.pipe(['x', 'y']),
      ]);

      const line = "printf 'a b' | [in-process: upper] | wc -l | x | y";
      expect(String(defined)).toBe(line);
      expect(String(listed)).toBe(line);
      expect(defined.keys).toEqual([0, 'upper', 'count', 3]);
      expect(listed.keys).toEqual([0, 1, 'count', 3]);
    });
  });

  it('are put in parentheses where a shell would read them differently', async () => {
    await withManager(async (processes) => {
      const pipeline = processes.pipe(['echo a; echo b', 'grep "b"', 'sort # by name']);

      expect(String(pipeline)).toBe('( echo a; echo b ) | grep "b" | ( sort # by name\n)');
    });
  });
});
