import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  InvalidArgumentError,
  ProcessTimedOutError,
  type Application,
  type ProcessManager,
} from '@proc/core';
import { virtualClock, type VirtualClock } from '@proc/testing';
import { testingManager } from '../../support/testing-manager.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

describe('fakes by a virtual clock', () => {
  let app: Application;
  let processes: ProcessManager;
  let clock: VirtualClock;

  beforeEach(async () => {
    ({ app, processes } = await testingManager());
    clock = virtualClock({ date: '2030-01-01T00:00:00Z' });
    processes.fake({}, { clock }).preventStrayProcesses();
  });

  afterEach(async () => {
    await app.shutdown();
  });

  it('take their time, and give it as dates and durations', async () => {
    processes.fake({ build: processes.describe().output('a').delay('10m').output('b') });
    const run = processes.run('build');
    await clock.advance('10m');
    const result = await run;
    expect(result).toMatchObject({ stdout: 'a\nb\n', durationMs: 10 * MINUTE });
    expect(result.startedAt).toEqual(new Date('2030-01-01T00:00:00Z'));
    expect(result.endedAt).toEqual(new Date('2030-01-01T00:10:00Z'));
  });

  it('are over at once for who lets just the time pass that is needed', async () => {
    processes.fake({ build: processes.describe().delay('3h').output('done') });
    const result = await clock.runUntil(processes.run('build'));
    expect([result.stdout, clock.now()]).toEqual(['done\n', 180 * MINUTE]);
    expect(clock.pending).toBe(0);
  });

  it('are recorded with the time of their start', async () => {
    processes.fake({ sleep: processes.describe().delay('1m') });
    await clock.advance('1m');
    const run = processes.run('sleep');
    await clock.settle();
    const [recorded] = processes.recorded();
    expect(recorded).toMatchObject({ running: true });
    expect(recorded?.result.startedAt).toEqual(new Date('2030-01-01T00:01:00Z'));
    await clock.runUntil(run);
  });

  it('time out, and are killed after the grace where they ignore the signal', async () => {
    processes.fake({ stuck: processes.describe().output('up').ignoresSignals().delay('9h') });
    const run = processes.command('stuck').timeout('5m').grace('10s').run();
    const failed = run.catch((error: unknown) => error);
    await clock.advance('5m');
    processes.assertSignalled('stuck', 'SIGTERM');
    expect(processes.recorded()[0]?.signals).toEqual(['SIGTERM']);
    await clock.advance('10s');
    const error = await failed;
    expect(ProcessTimedOutError.is(error)).toBe(true);
    expect(error).toMatchObject({ result: { signal: 'SIGKILL', durationMs: 310_000 } });
  });

  it('time out for their silence', async () => {
    const dots = processes.describe().output('.').delay('50s').output('.').delay('2m');
    processes.fake({ slow: dots });
    const run = processes.command('slow').idleTimeout('1m').run();
    const error = await clock.runUntil(run.catch((reason: unknown) => reason));
    expect(error).toMatchObject({ result: { reason: 'idleTimedOut', durationMs: 110_000 } });
  });

  it('are aborted by a signal of the clock', async () => {
    processes.fake({ serve: processes.describe().delay('1h') });
    const signal = clock.abortSignal('1m');
    const run = processes.command('serve').abortWith(signal).run();
    const error = await clock.runUntil(run.catch((reason: unknown) => reason));
    expect(error).toMatchObject({ result: { reason: 'cancelled', durationMs: MINUTE } });
  });

  it('are tried again when the delay has passed', async () => {
    processes.fake({ flaky: processes.sequence([1, 1, 'ok']) });
    const run = processes.command('flaky').retry({ times: 2, delay: '1m', factor: 2 }).run();
    await clock.advance(MINUTE - 1);
    processes.assertRanTimes('flaky', 1);
    await clock.advance(1);
    processes.assertRanTimes('flaky', 2);
    await clock.advance('2m');
    expect(await run).toMatchObject({ stdout: 'ok\n', attempts: 3 });
  });

  it('have their output waited for, and are stopped with a grace', async () => {
    processes.fake({ serve: processes.describe().delay('1m').output('ready').ignoresSignals() });
    processes.fake({ mute: processes.describe().delay('1h') });
    const server = await processes.start('serve');
    await clock.runUntil(server.expect('ready', '2m'));
    expect(clock.now()).toBe(MINUTE);
    const mute = await processes.start('mute');
    await expect(clock.runUntil(mute.expect('ready', '2m'))).rejects.toThrow('2 minutes');
    expect(clock.now()).toBe(3 * MINUTE);
    await clock.runUntil(Promise.all([server.stop('10s'), mute.stop('10s')]));
  });

  it('hold their output open, and are left behind with the timeout of the command', async () => {
    processes.fake({ daemonize: processes.describe().output('up').holdsOutputOpen() });
    const run = processes.command('daemonize').timeout('1m').run();
    const result = await clock.runUntil(run);
    expect(result).toMatchObject({ outputHeldOpen: true, durationMs: 250 });
    await clock.advance(MINUTE - 251);
    expect(processes.recorded()[0]?.signals).toEqual([]);
    await clock.advance(10);
    processes.assertSignalled('daemonize', 'SIGTERM');
  });

  it('have their questions answered in time, or not', async () => {
    processes.fake({
      '* worker': processes
        .describe()
        .onMessage(() => undefined)
        .delay('1h'),
    });
    const worker = await processes.node('worker').start();
    const answer = worker.request('anybody there?', '30s');
    const failed = answer.catch((error: unknown) => error);
    await clock.advance('29s');
    expect(clock.now()).toBe(29 * SECOND);
    await clock.advance('1s');
    expect(String(await failed)).toContain('30');
    await clock.runUntil(worker.stop());
  });

  it('played by code sleep by the clock, and never wake up once they have ended', async () => {
    const woken: string[] = [];
    processes.fake({
      count: processes.describe().perform(async (child) => {
        for (const line of ['one', 'two', 'three']) {
          await child.sleep('1m');
          woken.push(line);
          await child.write('out', `${line}\n`);
        }
      }),
    });
    expect(await clock.runUntil(processes.run('count'))).toMatchObject({
      stdout: 'one\ntwo\nthree\n',
      durationMs: 3 * MINUTE,
    });
    const run = processes.command('count').timeout('90s').run();
    await clock.runUntil(run.catch(() => undefined));
    await clock.runAll();
    expect(woken).toEqual(['one', 'two', 'three', 'one']);
    expect(clock.pending).toBe(0);
  });

  it('of the driver "fake" go by it as well', async () => {
    processes.restore();
    const own = virtualClock();
    processes.fake({ nothing: 'at all' }, { clock: own });
    const run = processes.command('anything').driver('fake').run();
    expect(await clock.runUntil(run)).toMatchObject({ exitCode: 0, durationMs: 0 });
    expect(own.date()).toEqual((await run).startedAt);
  });

  it('make a pipe of events in the same order at each run', async () => {
    const orders = new Set<string>();
    for (let round = 0; round < 5; round++) {
      const order: string[] = [];
      const each = [3, 1, 2].map((minutes) => {
        processes.fake({ [`job ${minutes}`]: processes.describe().delay({ minutes }) });
        return processes.run(`job ${minutes}`).then(() => order.push(`${minutes}`));
      });
      await clock.runUntil(Promise.all(each));
      orders.add(order.join());
    }
    expect([...orders]).toEqual(['1,2,3']);
  });

  it('come to their end by themselves when they are taken back', async () => {
    processes.fake({ build: processes.describe().delay('10m').output('done') });
    const run = processes.run('build');
    await clock.settle();
    processes.restore();
    expect(await run).toMatchObject({ stdout: 'done\n', durationMs: 10 * MINUTE });
    expect(processes.clock).not.toBe(clock);
  });

  it('come to their end by themselves when their manager is shut down', async () => {
    processes.fake({ stuck: processes.describe().ignoresSignals().delay('9h') });
    const run = processes.command('stuck').grace('1h').run();
    const failed = run.catch((error: unknown) => error);
    await clock.settle();
    await app.shutdown();
    expect(await failed).toMatchObject({ result: { signal: 'SIGKILL', durationMs: 60 * MINUTE } });
  });

  it('have a clock of their own in an isolated part, and so has another one at the same time', async () => {
    const part = (minutes: number): Promise<number> =>
      processes.isolated(async () => {
        const own = virtualClock();
        const build = processes.describe().delay({ minutes });
        processes.fake({ build }, { clock: own });
        const result = await own.runUntil(processes.run('build'));
        expect(processes.clock).toBe(own);
        return result.durationMs;
      });
    expect(await Promise.all([part(1), part(60), part(7)])).toEqual(
      [1, 60, 7].map((m) => m * MINUTE),
    );
    expect([clock.now(), processes.clock === clock]).toEqual([0, true]);
  });

  it('go by the first clock when more fakes are registered without one', async () => {
    processes.fake({ build: processes.describe().delay('1m') });
    processes.fake({ other: '' }, { clock });
    expect([processes.clock === clock, clock.released]).toEqual([true, false]);
    expect((await clock.runUntil(processes.run('build'))).durationMs).toBe(MINUTE);
  });

  it('are refused a clock that nobody can stop any more', () => {
    processes.restore();
    expect(() => processes.fake({}, { clock })).toThrow(InvalidArgumentError);
    expect(() => processes.fake({}, { clock })).toThrow('new one');
  });
});
