import { describe, expect, jest, test } from '@jest/globals';
import { InvalidArgumentError, type ProcessResult } from '@proc/core';
import { PoolInterruptedError } from '@proc/pool';
import { entries } from '../../support/hand-made-entry.js';
import { processManager } from '../../support/process-manager.js';
import { settled } from '../../support/settled.js';

const processes = processManager();

describe('a pool with retries', () => {
  test('launches what has failed again, in its turn, and keeps the last result', async () => {
    const [a, b] = entries(2);
    const results = processes.pool([a!, b!], { concurrency: 1, retry: 2 }).start();
    a!.run.end({ exitCode: 1 });
    await settled();
    expect([a!.runs.length, b!.runs.length]).toEqual([2, 0]);
    a!.run.end({ exitCode: 1 });
    await settled();
    a!.run.end();
    await settled();
    b!.run.end({ exitCode: 3 });
    await settled();
    b!.run.end({ exitCode: 4 });
    await settled();
    b!.run.end({ exitCode: 5 });
    const { successCount, failures } = await results;
    expect([a!.runs.length, b!.runs.length]).toEqual([3, 3]);
    expect(successCount).toBe(1);
    expect(failures.map(({ exitCode }) => exitCode)).toEqual([5]);
  });

  test('counts only the last outcome: for halts, for progress and for what comes after', async () => {
    const [a, b] = entries(2);
    const pool = processes.pool(
      [
        { entry: a!, key: 'a' },
        { entry: b!, key: 'b', after: 'a' },
      ],
      { retry: 1, failFast: true },
    );
    const results = pool.start();
    a!.run.end({ exitCode: 1 });
    await settled();
    expect(pool.progress()).toMatchObject({ running: 1, queued: 1, failed: 0 });
    a!.run.end();
    await settled();
    b!.run.end();
    expect((await results).successful()).toBe(true);
  });

  test('tells each attempt how many there were before it', async () => {
    const [a] = entries(1);
    const results = processes.pool([a!], { retry: 1 }).start();
    a!.run.end({ exitCode: 1, attempts: 3 });
    await settled();
    a!.run.end();
    await results;
    expect(a!.runs.map((run) => run.context.previousAttempts)).toEqual([0, 3]);
  });

  test('asks what decides, with the result and the number of the attempt', async () => {
    const [a] = entries(1);
    const when = jest.fn((result: ProcessResult) => result.exitCode === 1);
    const results = processes.pool([a!], { retry: { times: 9, when } }).start();
    a!.run.end({ exitCode: 1 });
    await settled();
    a!.run.end({ exitCode: 2 });
    expect((await results).failures[0]?.exitCode).toBe(2);
    expect(when.mock.calls.map(([, attempt]: readonly unknown[]) => attempt)).toEqual([1, 2]);
  });

  test('keeps the result when what decides throws, and is interrupted', async () => {
    const [a, b] = entries(2);
    const when = (): never => {
      throw new Error('undecided');
    };
    const pool = processes.pool([a!, b!], { concurrency: 1, retry: { times: 1, when } });
    const failed = pool.start().catch((error: unknown) => error);
    a!.run.end({ exitCode: 7 });
    const error = (await failed) as PoolInterruptedError;
    expect(error).toBeInstanceOf(PoolInterruptedError);
    expect(error.origin).toBe('retry');
    expect(error.results.get(0)?.exitCode).toBe(7);
    expect(error.results.skipped).toEqual([1]);
  });

  test('waits before the next attempt, at its place, and not beyond its end', async () => {
    const [a, b] = entries(2);
    const pool = processes.pool([a!, b!], { concurrency: 1, retry: { times: 1, delay: '1h' } });
    const results = pool.start();
    a!.run.end({ exitCode: 1 });
    await settled();
    expect(pool.progress()).toMatchObject({ running: 1, queued: 1, failed: 0 });
    expect([a!.runs.length, b!.runs.length]).toEqual([1, 0]);
    await pool.stop();
    expect((await results).failures[0]?.exitCode).toBe(1);
    expect((await results).skipped).toEqual([1]);
    expect([a!.runs.length, b!.runs.length]).toEqual([1, 0]);
  });

  test('keeps the result of what waits in the queue for its next attempt when it ends', async () => {
    const [a, b] = entries(2);
    const pool = processes.pool([a!, b!], { concurrency: 1, retry: 1 });
    const results = pool.start();
    pool.pause();
    a!.run.end({ exitCode: 7 });
    await settled();
    expect(pool.progress()).toMatchObject({ running: 0, queued: 2, failed: 0 });
    await pool.stop();
    const { failedKeys, skipped, failures } = await results;
    expect([failedKeys, skipped]).toEqual([[0], [1]]);
    expect(failures[0]?.exitCode).toBe(7);
    expect(a!.runs.length).toBe(1);
  });

  test('ends though what decides never answers', async () => {
    const [a] = entries(1);
    const when = (): Promise<boolean> => new Promise(() => undefined);
    const pool = processes.pool([a!], { retry: { times: 1, when } });
    const results = pool.start();
    a!.run.end({ exitCode: 7 });
    await settled();
    expect(pool.progress()).toMatchObject({ running: 1, failed: 0 });
    await pool.stop();
    expect((await results).failures[0]?.exitCode).toBe(7);
  });

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
    'launches nothing again when it is stopped %i turns after the answer',
    async (turns) => {
      const [a] = entries(1);
      const stop = async (): Promise<void> => {
        for (let turn = 0; turn < turns; turn++) await Promise.resolve();
        void pool.stop();
        const launched = a!.runs.length;
        await settled();
        expect(a!.runs.length).toBe(launched);
        expect(a!.run.running()).toBe(false);
      };
      let stopped: Promise<void> | undefined;
      const when = (): boolean => {
        stopped = stop();
        return true;
      };
      const pool = processes.pool([a!], { retry: { times: 1, when } });
      const results = pool.start();
      a!.run.end({ exitCode: 1 });
      await settled();
      await stopped;
      expect((await results).failureCount).toBe(1);
    },
  );

  test('launches nothing twice that can be read once, was stopped, or has no program', async () => {
    const [a, b, c] = entries(3);
    Object.assign(a!, { repeatable: false });
    const results = processes.pool([a!, b!, c!], { retry: 5 }).start();
    a!.run.end({ exitCode: 1 });
    b!.run.end({ exitCode: null, reason: 'stopped' });
    c!.run.end({ exitCode: null, error: new InvalidArgumentError('it makes no sense') });
    expect((await results).failureCount).toBe(3);
    expect([a!, b!, c!].map(({ runs }) => runs.length)).toEqual([1, 1, 1]);
  });

  test.each([{ retry: -1 }, { retry: 1.5 }, { retry: { times: 1, delay: 'soon' } }, { retry: {} }])(
    'is refused as %j',
    (options) => {
      expect(() => processes.pool([], options as object)).toThrow(InvalidArgumentError);
    },
  );
});
