import { describe, expect, it } from '@jest/globals';
import { WorkerManager } from '../../../src/index.js';
import { fakeWorkers, TaskAssertionError } from '../../../src/testing/index.js';
import { errorOf } from '../../support/error-of.js';
import { fakeApp } from '../../support/fake-app.js';

const double = (value: number): number => value * 2;
const triple = (value: number): number => value * 3;

describe('Assertions about tasks', () => {
  it('hold of what ran, and of nothing else', async () => {
    await using app = await fakeApp();
    const { fakes, workers } = app;
    fakes.assertNothingRan().assertNotRan('double').assertRanCount(0);
    const pool = workers.processPool({ size: 1 });
    await pool.run(double, 1);
    await pool.run(triple, 2);
    await pool.run(double, 3);

    fakes
      .assertRan('double')
      .assertRan(/^trip/)
      .assertRan(({ result }) => result === 6)
      .assertRanTimes('double', 2)
      .assertRanTimes('triple')
      .assertRanWith('double', 3)
      .assertRanCount(3)
      .assertRanInOrder(['double', 'triple', 'dou*'])
      .assertNotRan('half')
      .assertDidntRun(({ args }) => args[0] === 9)
      .assertPeakConcurrency(1);
  });

  it('say what ran where they do not hold', async () => {
    await using app = await fakeApp();
    const { fakes, workers } = app;
    const pool = workers.processPool({ size: 1 });
    await pool.run(double, 1);
    await pool.run(triple, 2);
    const list = 'What has run:\n  1. double(1) (done, stray)\n  2. triple(2) (done, stray)';
    const messages: readonly (readonly [() => unknown, string])[] = [
      [() => fakes.assertRan('half'), 'Expected "half" to have run, but it has not.'],
      [() => fakes.assertNotRan('double'), 'Expected "double" not to have run, but it has, once.'],
      [
        () => fakes.assertRanTimes('double', 2),
        'Expected "double" to have run 2 times, but it was once.',
      ],
      [
        () => fakes.assertRanWith('double', 7),
        'Expected "double" to have run with these arguments, but it has not.',
      ],
      [() => fakes.assertRanCount(1), 'Expected 1 tasks to have run, but it were 2.'],
      [() => fakes.assertNothingRan(), 'Expected nothing to have run.'],
      [
        () => fakes.assertPeakConcurrency(2),
        'Expected 2 tasks to run at once at the busiest moment, but it were 1.',
      ],
      [
        () => fakes.assertRanInOrder(['double', 'double']),
        'Expected exactly these tasks to have run, in this order: "double", "double".\nThe first that differs is number 2.',
      ],
      [
        () => fakes.assertRanInOrder(['double']),
        'Expected exactly these tasks to have run, in this order: "double".\nThe first that differs is number 2.',
      ],
    ];
    for (const [assertion, message] of messages) {
      const error = errorOf(assertion);
      expect(error).toBeInstanceOf(TaskAssertionError);
      expect((error as Error).message).toBe(`${message}\n${list}`);
    }
    expect(errorOf(() => fakes.assertRanWith('double', 7))).toMatchObject({
      expected: [7],
      actual: [[1]],
    });
  });

  it('tell how many ran at once', async () => {
    await using app = await fakeApp();
    const pool = app.workers.processPool({ size: 3 });
    app.fakes.fake({ double: app.fakes.describe().delay(1).returns(1) });
    await Promise.all(
      [1, 2, 3, 4, 5].map((value) => pool.with({ timeout: '1m' }).run(double, value)),
    );
    app.fakes.assertPeakConcurrency(3);
  });

  it('fail where nothing is recorded', async () => {
    await using workers = new WorkerManager();
    const fakes = fakeWorkers(workers, { double: 5 });
    expect(fakes.isRecording()).toBe(true);
    fakes.restore();
    expect(fakes.isRecording()).toBe(false);
    expect(() => fakes.assertNothingRan()).toThrow('Nothing is recorded');
  });
});

describe('Fakes', () => {
  it('reach pools that are there, and go when they are taken back', async () => {
    await using workers = new WorkerManager();
    const pool = workers.inlinePool({ size: 1 });
    expect(await pool.run(double, 1)).toBe(2);
    {
      using fakes = fakeWorkers(workers, { double: 5 });
      expect(await pool.run(double, 1)).toBe(5);
      expect(await workers.inlinePool().run(double, 1)).toBe(5);
      expect(pool.stats().completed).toBe(1);
      fakes.assertRanCount(2);
      expect(fakeWorkers(workers, {})).toBe(fakes);
    }
    expect(await pool.run(double, 1)).toBe(2);
    expect(pool.stats().completed).toBe(2);
  });

  it('leave a closed pool closed', async () => {
    await using workers = new WorkerManager();
    const before = workers.processPool();
    await before.close();
    const pool = workers.processPool();
    using fakes = fakeWorkers(workers);
    expect(await pool.run(double, 1)).toBeUndefined();
    await pool.close();
    await expect(pool.run(double, 1)).rejects.toMatchObject({ name: 'PoolClosedError' });
    await expect(before.run(double, 1)).rejects.toMatchObject({ name: 'PoolClosedError' });
    fakes.assertRanCount(1);
  });

  it('answer a broadcast in each worker that there is', async () => {
    await using workers = new WorkerManager();
    using fakes = fakeWorkers(workers, { double: 5 });
    const pool = workers.threadPool({ size: 1 });
    await pool.run(double, 1);
    expect(await pool.broadcast(double, [2])).toMatchObject([{ status: 'fulfilled', value: 5 }]);
    fakes.fake({ double: 6 });
    expect(await pool.broadcast(double, [2])).toMatchObject([{ status: 'fulfilled', value: 6 }]);
  });
});
