import { describe, expect, it } from '@jest/globals';
import { InvalidArgumentError } from '@proc/core';
import { installWorkers, Parallel, WorkerManager } from '../../../src/index.js';
import { useFakes } from '../../../src/manager/fakes-of.js';
import { fakeWorkers } from '../../../src/testing/index.js';
import { parallelOn } from '../../support/parallel-on.js';

const manager = new WorkerManager();
const pool = manager.inlinePool();

const BAD: readonly unknown[] = [undefined, null, 3, 'x'];

describe.each(BAD)('What can not work is refused by name, as %p', (bad) => {
  const given = bad as never;

  it.each<[string, () => unknown]>([
    ['as what has workers', () => fakeWorkers(given)],
    ['as what gets fakes', () => useFakes(given, {} as never)],
    ['as a manager of processes', () => installWorkers(given)],
    ['as what work is done on', () => new Parallel(given)],
    ['as a reference', () => pool.submitTask(given, [])],
    [
      'as a listener',
      () =>
        parallelOn(pool)
          .fork(() => 1)
          .onEmit(given),
    ],
    ['as what a matcher is told', () => fakeWorkers(manager).judge('toHaveRun', given)],
    ['as tasks in their order', () => fakeWorkers(manager).assertRanInOrder(given)],
  ])('%s', (_, call) => {
    expect(call).toThrow(InvalidArgumentError);
  });

  if (bad === undefined) return;

  it.each<[string, () => unknown]>([
    ['as options of a pool', () => manager.inlinePool(given)],
    ['as a kind of pool', () => manager.defaultPool(given)],
    ['as fakes', () => fakeWorkers(manager, given)],
    ['as a list of fakes', () => fakeWorkers(manager, [given])],
    ['as fakes of a sequence', () => fakeWorkers(manager).sequence(given)],
    ['as tasks that may run', () => fakeWorkers(manager).allowStrayTasks(given)],
    ['as a crash', () => fakeWorkers(manager).describe().crashes(given)],
  ])('%s', (_, call) => {
    expect(call).toThrow(InvalidArgumentError);
  });

  if (typeof bad === 'string') return;

  it.each<[string, () => unknown]>([
    ['as a task that has run', () => fakeWorkers(manager).assertRan(given)],
    ['as a task that has not', () => fakeWorkers(manager).assertNotRan(given)],
    ['as a task among others', () => fakeWorkers(manager).assertRanInOrder([given])],
    ['as a task that may run', () => fakeWorkers(manager).allowStrayTasks([given])],
    ['as the pattern of a fake', () => fakeWorkers(manager, [[given, 1]])],
  ])('%s', (_, call) => {
    expect(call).toThrow(InvalidArgumentError);
  });
});
