import { expect, it } from '@jest/globals';
import {
  InvalidArgumentError,
  MiddlewareError,
  ProcessCancelledError,
  ProcessFailedError,
  type ProcessError,
  type ProcessMiddleware,
} from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';
import { sh } from '../support/programs.js';

const rejection = async (run: Promise<unknown>): Promise<ProcessError> =>
  run.then(
    () => {
      throw new Error('it was expected to reject');
    },
    (error: unknown) => error as ProcessError,
  );

onEveryDriver('middleware', ({ manager }) => {
  it('wraps every attempt, the first outermost', async () => {
    const log: string[] = [];
    const note =
      (name: string): ProcessMiddleware =>
      async (spec, next) => {
        log.push(`${name} before`);
        const result = await next(spec);
        log.push(`${name} after ${String(result.exitCode)}`);
        return result;
      };
    const processes = manager().use(note('a')).use(note('b'));
    await processes.command(['false']).retry(1).run();
    const attempt = ['a before', 'b before', 'b after 1', 'a after 1'];
    expect(log).toEqual([...attempt, ...attempt]);
  });

  it('may replace the specification', async () => {
    const processes = manager().use((spec, next) =>
      next({ ...spec, command: { kind: 'argv', file: 'echo', args: ['replaced'] } }),
    );
    expect((await processes.run(['echo', 'given'])).stdout).toBe('replaced\n');
  });

  it('may replace the result, for run() and for the process that start() gave', async () => {
    const processes = manager();
    const other = await processes.run(['echo', 'other']);
    processes.use(async (spec, next) => {
      await next(spec);
      return other;
    });
    expect(await processes.run(['echo', 'mine'])).toBe(other);
    const process = await processes.start(['echo', 'mine']);
    expect(await process.wait()).toBe(other);
  });

  it('may answer without a process; for start() that is an error', async () => {
    const processes = manager();
    const other = await processes.run(['echo', 'other']);
    processes.cleanup();
    processes.use(() => other);
    expect(await processes.run(['not-there-at-all'])).toBe(other);
    const error = await rejection(processes.start(['true']));
    expect(MiddlewareError.is(error)).toBe(true);
    expect(error.message).toMatch(/middleware answered in its place/);
    expect(processes.list()).toHaveLength(0);
  });

  it('sees a failed start as a result', async () => {
    const reasons: unknown[] = [];
    const processes = manager().use(async (spec, next) => {
      const result = await next(spec);
      reasons.push(result.reason);
      return result;
    });
    await rejection(processes.run(['not-there-at-all']));
    expect(reasons).toEqual(['failedToStart']);
  });

  it.each([
    [
      'throws',
      (): never => {
        throw new Error('mine');
      },
    ],
    ['rejects', () => Promise.reject(new Error('mine'))],
  ])('that %s ends the run with a typed error', async (_, fail) => {
    const processes = manager().use(fail);
    for (const run of [processes.run(['true']), processes.start(['true'])]) {
      const error = await rejection(run);
      expect(MiddlewareError.is(error)).toBe(true);
      expect((error.cause as Error).message).toBe('mine');
      expect(error.result).toMatchObject({ reason: 'failedToStart', error });
    }
  });

  it.each([
    ['nothing', undefined],
    ['flags', { successful: true, exitCode: 0, error: null, reason: null }],
    ['methods alone', { successful: () => false, throw: () => undefined }],
  ])('that answers with %s in place of a result ends the run with a typed error', async (_, no) => {
    const processes = manager().use(async () => no as never);
    const retried = processes.command(['true']).retry(1);
    for (const run of [retried.run(), retried.runOrFail(), processes.start(['true'])]) {
      const error = await rejection(run);
      expect(MiddlewareError.is(error)).toBe(true);
      expect(error.message).toContain('it returned no result');
    }
  });

  it('that throws after the process has ended leaves nothing running', async () => {
    const processes = manager().use(async (spec, next) => {
      await next(spec);
      throw new Error('too late');
    });
    const process = await processes.start(['echo', 'x']);
    expect(MiddlewareError.is(await rejection(process.wait()))).toBe(true);
    expect(processes.activeProcesses).toHaveLength(0);
  });

  it('must be a function', () => {
    expect(() => manager().use(undefined as never)).toThrow(InvalidArgumentError);
  });

  it('that never answers keeps no run that is cancelled, and no manager', async () => {
    const processes = manager();
    const controller = new AbortController();
    let asked = 0;
    processes.use((spec, next) => {
      if (++asked === 1) controller.abort(new Error('enough'));
      // The second one runs its process, and forgets to answer.
      if (asked === 2) void next(spec);
      return new Promise(() => undefined);
    });
    const run = processes.command('sleep 30').grace(20).abortWith(controller.signal).run();
    const error = await rejection(run);
    expect(ProcessCancelledError.is(error)).toBe(true);
    expect(error.message).toContain('was cancelled while a middleware was at work: enough');
    const started = await processes.command('sleep 30').grace(20).start();
    expect(await started.stop()).toMatchObject({ reason: 'stopped', signal: 'SIGTERM' });
    const left = rejection(processes.command('sleep 30').grace(20).run());
    await processes.shutdown();
    expect(await left).toBeInstanceOf(ProcessCancelledError);
  });

  it('is not all that may never answer: nor does a predicate keep a run or a manager', async () => {
    const processes = manager();
    let run: Promise<ProcessError> | undefined;
    await new Promise<void>((asked) => {
      const when = (): Promise<boolean> => {
        asked();
        return new Promise(() => undefined);
      };
      run = rejection(processes.command('false').grace(20).retry({ times: 1, when }).runOrFail());
    });
    await processes.shutdown();
    expect((await run)?.result).toMatchObject({ exitCode: 1, attempts: 1 });
  });

  it('that starts several processes has all of them stopped with the one that was given out', async () => {
    const processes = manager().use(async (spec, next) => {
      const [first] = await Promise.all([next(spec), next(spec)]);
      // As who tries again by hand.
      return first.failed() ? next(spec) : first;
    });
    const started = await processes.command(['sleep', '30']).start();
    expect(await started.stop()).toMatchObject({ reason: 'stopped', signal: 'SIGTERM' });
    expect(processes.activeProcesses).toHaveLength(0);
  });

  it('that answers without waiting for its process leaves it to the manager', async () => {
    const processes = manager();
    const other = await processes.run(['echo', 'other']);
    const starting: Promise<unknown>[] = [];
    processes.use((spec, next) => {
      starting.push(next(spec));
      return other;
    });
    const ready = new Promise<void>((resolve) => {
      void processes.run(sh('echo ready; sleep 30'), () => {
        resolve();
      });
    });
    await ready;
    expect(processes.activeProcesses).toHaveLength(1);
    await processes.shutdown();
    expect(processes.activeProcesses).toHaveLength(0);
    expect(await starting[0]).toMatchObject({ reason: 'cancelled' });
  });

  it('may throw an error of ours that is frozen', async () => {
    const mine: Error = Object.freeze(new InvalidArgumentError('mine'));
    const before = manager().use(() => {
      throw mine;
    });
    expect(await rejection(before.run(['true']))).toBe(mine);
    const after = manager().use(async (spec, next) => {
      await next(spec);
      const late: Error = Object.freeze(new ProcessFailedError('mine too', spec));
      throw late;
    });
    expect(await rejection(after.run(['true']))).toBeInstanceOf(ProcessFailedError);
  });
});
