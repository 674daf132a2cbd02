import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { ProcessStartError } from '@proc/core';
import { describedLine } from '@proc/core/internal';
import { HandMadeStage } from '../support/hand-made-stage.js';
import { pipelineOf } from '../support/pipeline-of.js';
import { readInput } from '../support/read-all.js';
import { turn } from '../support/turn.js';

/** Prints its input between brackets. */
const bracket = (line = 'bracket'): HandMadeStage =>
  new HandMadeStage(line, async (context) => ({ stdout: `<${await readInput(context)}>` }));

describe('a sequential pipeline', () => {
  it('is the default, and starts a stage when the one before has ended', async () => {
    const [first, second] = [new HandMadeStage('a'), new HandMadeStage('b')];
    const running = pipelineOf([first, second]).run();
    await turn();
    expect(second.launches).toHaveLength(0);

    first.launches[0]?.end();
    const launched = await second.launched();
    launched.end({ stdout: 'done' });

    expect((await running).stdout).toBe('done');
  });

  it('gives each stage the whole output of the one before', async () => {
    const result = await pipelineOf([
      new HandMadeStage('a', { stdout: 'x' }),
      bracket(),
      bracket(),
    ]).run();

    expect(result.stdout).toBe('<<x>>');
    expect(result.successful()).toBe(true);
    expect(result.stages.map(({ bytesIn, bytesOut }) => [bytesIn, bytesOut])).toEqual([
      [null, 1],
      [1, 3],
      [3, 5],
    ]);
  });

  it.each(['0', ''])('hands on the output %j, which is falsy', async (stdout) => {
    const result = await pipelineOf([new HandMadeStage('a', { stdout }), bracket()]).run();

    expect(result.stdout).toBe(`<${stdout}>`);
  });

  it('leaves the first stage its own input, unless it is given one', async () => {
    const first = new HandMadeStage('a', {});
    await pipelineOf([first]).run();
    expect(first.launches[0]?.context.stdio?.stdin).toBeUndefined();

    expect((await pipelineOf([bracket()]).input('given').run()).stdout).toBe('<given>');
    expect((await pipelineOf([bracket()], { input: Readable.from(['a', 'b']) }).run()).stdout).toBe(
      '<ab>',
    );
  });

  it('does not hand on what goes to stderr', async () => {
    const result = await pipelineOf([
      new HandMadeStage('a', { stderr: 'warning' }),
      bracket(),
    ]).run();

    expect(result.stdout).toBe('<>');
    expect(result.stages[0]?.result.stderr).toBe('warning');
  });

  it('ends at the first failure, with the result of that stage', async () => {
    const never = new HandMadeStage('never', {});

    const result = await pipelineOf({
      a: new HandMadeStage('a', {}),
      b: new HandMadeStage('b', { exitCode: 3, stdout: 'half', stderr: 'why' }),
      never,
    }).run();

    expect(never.launches).toHaveLength(0);
    expect(result).toMatchObject({ exitCode: 3, stdout: 'half', stderr: 'why', reason: null });
    expect(result.failed()).toBe(true);
    expect(result.failedStage?.key).toBe('b');
    expect(result.stages.map(({ key }) => key)).toEqual(['a', 'b']);
    expect(result.stage('never')).toBeUndefined();
  });

  it('goes on after a failure where the last stage alone counts', async () => {
    const result = await pipelineOf([
      new HandMadeStage('a', { exitCode: 3, stdout: 'x' }),
      bracket(),
    ])
      .pipefail('last')
      .run();

    expect(result.stdout).toBe('<x>');
    expect(result.successful()).toBe(true);
  });

  it('rejects with the typed error of a stage, which leads to all of them', async () => {
    const error = new ProcessStartError('no such program', describedLine('b'));
    const pipeline = pipelineOf({
      a: new HandMadeStage('a', {}),
      b: new HandMadeStage('b', { error, reason: 'failedToStart' }),
      c: new HandMadeStage('c', {}),
    });

    await expect(pipeline.run()).rejects.toBe(error);

    const result = error.result as Awaited<ReturnType<typeof pipeline.run>>;
    expect(result.failedStage?.key).toBe('b');
    expect(result.stages).toHaveLength(2);
    expect(result.reason).toBe('failedToStart');
  });

  it('can be run many times', async () => {
    const pipeline = pipelineOf([new HandMadeStage('a', { stdout: 'x' }), bracket()]);

    const results = await Promise.all([pipeline.run(), pipeline.run()]);

    expect(results.map(({ stdout }) => stdout)).toEqual(['<x>', '<x>']);
  });

  it('gives a stage that looks twice at its input all of it each time', async () => {
    const retrying = new HandMadeStage('retrying', async (context) => ({
      stdout: (await readInput(context)) + (await readInput(context)),
    }));

    const result = await pipelineOf([new HandMadeStage('a', { stdout: 'x' }), retrying]).run();

    expect(result.stdout).toBe('xx');
  });

  it('is not a success when it is stopped between two stages', async () => {
    const first = new HandMadeStage('a');
    const launched = pipelineOf([first, new HandMadeStage('b', {})]).launch();
    (await first.launched()).end();

    const result = await launched.stop();

    expect(result).toMatchObject({ exitCode: null, reason: 'stopped', error: null });
    expect(result.successful()).toBe(false);
    expect(() => result.throw()).toThrow(/stopped before its last stage had run/);
  });
});
