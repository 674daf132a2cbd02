import { expect, it } from '@jest/globals';
import {
  InvalidArgumentError,
  MiddlewareError,
  type ProcessError,
  type ProcessMiddleware,
} from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';

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
});
