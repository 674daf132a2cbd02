import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ProcessManager, type Application } from '@proc/core';
import type { PipelineMode } from '@proc/pipe';
import { fakeProcesses, virtualClock, type ProcessFakes, type VirtualClock } from '@proc/testing';
import { createApplication } from '../support/application.js';
import { HandMadeStage } from '../support/hand-made-stage.js';

const MINUTE = 60_000;
const BEGIN = '2030-01-01T00:00:00.000Z';

function at(minutes: number): Date {
  return new Date(Date.parse(BEGIN) + minutes * MINUTE);
}

describe.each<PipelineMode>(['sequential', 'streaming'])(
  'a %s pipeline by a virtual clock',
  (mode) => {
    let app: Application;
    let processes: ProcessManager;
    let fakes: ProcessFakes;
    let clock: VirtualClock;

    beforeEach(async () => {
      app = await createApplication();
      processes = app.get(ProcessManager);
      clock = virtualClock({ date: BEGIN });
      fakes = fakeProcesses(processes, {}, { clock }).preventStrayProcesses();
    });

    afterEach(async () => {
      await app.shutdown();
    });

    it('takes the time that its stages take, and dates them and itself by it', async () => {
      fakes.fake({
        one: fakes.describe().delay('1m').output('1'),
        two: fakes.describe().delay('2m'),
      });

      const result = await clock.runUntil(processes.pipe(['one', 'two'], { mode }).run());

      const minutes = mode === 'sequential' ? 3 : 2;
      expect(result).toMatchObject({
        durationMs: minutes * MINUTE,
        startedAt: at(0),
        endedAt: at(minutes),
      });
      expect(result.stages.map(({ durationMs }) => durationMs)).toEqual([MINUTE, 2 * MINUTE]);
    });

    it('has the time of functions and of what is launched for it, in branches as well', async () => {
      const stage = new HandMadeStage('own', { stdout: 'x' });
      const inBranch = new HandMadeStage('in a branch', {});
      async function* slowly(input: AsyncIterable<unknown>): AsyncGenerator<string> {
        for await (const piece of input) expect(piece).toBe('x');
        await clock.sleep('1m');
        yield 'y';
      }

      const result = await clock.runUntil(
        processes
          .pipe(
            (pipe) => {
              pipe.add(stage);
              pipe.through(slowly);
              pipe.branch({ a: (branch) => void branch.add(inBranch) });
            },
            { mode },
          )
          .run(),
      );

      expect(result.stages[1]?.result).toMatchObject({ durationMs: MINUTE, endedAt: at(1) });
      expect(result.endedAt).toEqual(at(1));
      expect(stage.launches[0]?.context.clock).toBe(clock);
      expect(inBranch.launches[0]?.context.clock).toBe(clock);
    });

    it('times out by it, and kills by it what does not listen', async () => {
      fakes.fake({ deaf: fakes.describe().ignoresSignals('SIGTERM').delay('1h') });
      const run = processes
        .pipe((pipe) => void pipe.command('deaf').grace('10s'), { mode })
        .timeout('5m')
        .run();
      const failed = expect(run).rejects.toMatchObject({
        code: 'ERR_PROC_TIMED_OUT',
      });

      await clock.advance(5 * MINUTE - 1);
      expect(fakes.recorded()[0]?.signals).toEqual([]);
      await clock.advance(1);
      fakes.assertSignalled('deaf', 'SIGTERM');
      expect(fakes.recorded()[0]?.running).toBe(true);
      await clock.advance('10s');

      await failed;
      expect(fakes.recorded()[0]).toMatchObject({
        running: false,
        signals: ['SIGTERM', 'SIGKILL'],
      });
      expect(clock.pending).toBe(0);
    });

    it('is stopped by it', async () => {
      fakes.fake({ deaf: fakes.describe().ignoresSignals('SIGTERM').delay('1h') });
      const running = await processes.pipe(['deaf'], { mode }).start();

      const stopped = running.stop('30s');
      await clock.advance('29s');
      expect(fakes.recorded()[0]?.running).toBe(true);
      await clock.advance('1s');

      expect(await stopped).toMatchObject({ reason: 'stopped', durationMs: 30_000 });
    });

    it('dates by it what could not be launched', async () => {
      await clock.advance('7m');
      const broken = new HandMadeStage('broken');
      broken.launch = () => {
        throw new Error('no such thing');
      };

      const run = processes.pipe((pipe) => void pipe.add(broken), { mode }).start();

      await expect(run).rejects.toMatchObject({
        message: expect.stringContaining('no such thing'),
      });
      const result = await processes.pipe((pipe) => void pipe.add(broken), { mode }).launch()
        .outcome;
      expect(result).toMatchObject({ startedAt: at(7), endedAt: at(7), durationMs: 0 });
      expect(result.stages[0]?.result).toMatchObject({ startedAt: at(7), endedAt: at(7) });
    });
  },
);
