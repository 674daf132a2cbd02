import { once } from 'node:events';
import type { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { ProcessStartError } from '@proc/core';
import { describedLine } from '@proc/core/internal';
import { ThroughStage } from '../../src/stages/through-stage.js';
import { HandMadeStage } from '../support/hand-made-stage.js';
import { pipelineOf } from '../support/pipeline-of.js';
import { turn } from '../support/turn.js';

/** What a launch was given to write to. */
function stdoutOf(stage: HandMadeStage): Writable {
  const stdout = stage.launches[0]?.context.stdio?.stdout;
  if (stdout === undefined || !('on' in stdout)) throw new Error('There is no stream to write to.');
  return stdout;
}

describe('a streaming pipeline', () => {
  it('starts all stages at once and hands bytes on while they run', async () => {
    const [first, last] = [new HandMadeStage('a'), new HandMadeStage('b')];
    const shout = new ThroughStage((line: string) => `${line}!`);
    const running = pipelineOf([first, shout, last]).streaming().run();
    await last.launched();

    stdoutOf(first).write('hello\n');
    const input = last.launches[0]?.context.stdio?.stdin as PassThrough;
    const [chunk] = (await once(input, 'data')) as [Buffer];
    expect(String(chunk)).toBe('hello!\n');
    stdoutOf(first).end();
    first.launches[0]?.end();
    last.launches[0]?.end({ stdout: 'done' });

    const result = await running;
    expect(result.stdout).toBe('done');
    expect(result.stages.map(({ bytesIn, bytesOut }) => [bytesIn, bytesOut])).toEqual([
      [null, 6],
      [6, 7],
      [7, 4],
    ]);
  });

  it('ends the input of a reader whose writer has ended without doing so', async () => {
    const [first, last] = [new HandMadeStage('a'), new HandMadeStage('b')];
    const running = pipelineOf([first, last]).streaming().run();
    await last.launched();
    const input = last.launches[0]?.context.stdio?.stdin as PassThrough;
    const ended = new Promise((resolve) => input.resume().once('end', resolve));

    first.launches[0]?.end({ exitCode: 1 });

    await ended;
    last.launches[0]?.end();
    expect((await running).failedStage?.key).toBe(0);
  });

  it('closes the output of a writer whose reader has ended, and takes that for no failure', async () => {
    const [first, last] = [new HandMadeStage('a'), new HandMadeStage('b')];
    const running = pipelineOf([first, last]).streaming().run();
    await last.launched();
    const closed = new Promise((resolve) => stdoutOf(first).once('close', resolve));

    last.launches[0]?.end({ stdout: 'enough' });
    await closed;
    // As a program that is told by a reset of its socket.
    first.launches[0]?.end({ exitCode: 1 });

    const result = await running;
    expect(result.successful()).toBe(true);
    expect(result.stdout).toBe('enough');
    expect(result.stages[0]?.result.exitCode).toBe(1);
  });

  it('stops the other stages, the readers first, when one could not be started', async () => {
    const stopped: string[] = [];
    const error = new ProcessStartError('no such program', describedLine('b'));
    class Watched extends HandMadeStage {
      override launch(...args: Parameters<HandMadeStage['launch']>) {
        const launch = super.launch(...args);
        const { stop } = launch;
        launch.stop = (...given) => {
          stopped.push(this.line);
          return stop.apply(launch, given);
        };
        return launch;
      }
    }
    const pipeline = pipelineOf([
      new Watched('a'),
      new HandMadeStage('b', { error, reason: 'failedToStart' }),
      new Watched('c'),
    ]).streaming();

    await expect(pipeline.run()).rejects.toBe(error);

    expect(stopped).toEqual(['c', 'a']);
  });

  it('fails by the stage that failed, with the output of the last one', async () => {
    const result = await pipelineOf([
      new HandMadeStage('a', { exitCode: 2, stderr: 'why' }),
      new HandMadeStage('b', { stdout: 'what there was' }),
    ])
      .streaming()
      .run();

    expect(result).toMatchObject({ exitCode: 2, stderr: 'why', stdout: 'what there was' });
    expect(result.failedStage?.key).toBe(0);
  });

  it('gives the reader what comes, as fast as it reads', async () => {
    const [first, last] = [new HandMadeStage('a'), new HandMadeStage('b')];
    const running = pipelineOf([first, last]).streaming().run();
    await last.launched();
    const stdout = stdoutOf(first);
    let written = 0;

    for (; written < 1000 && stdout.write(Buffer.alloc(16 * 1024)); written++) await turn();
    expect(written).toBeLessThan(20);

    first.launches[0]?.end();
    last.launches[0]?.end();
    await running;
  });
});
