import { describe, test } from '@jest/globals';
import type { Application, ProcessManager } from '@proc/core';
import { expectTypeOf } from 'expect-type';
import type * as everything from '../../src/index.js';
import type { WorkerManager } from '../../src/index.js';
import { type FakeWorkers, fakeWorkers, type RecordedTask } from '../../src/testing/index.js';

declare const app: Application;
declare const processes: ProcessManager;
declare const workers: WorkerManager;

/** Types alone are looked at. */
const never = (_: () => void): void => undefined;

describe('types of fakes of workers', () => {
  test('are made for whatever has workers', () => {
    never(() => {
      expectTypeOf(fakeWorkers(app)).toEqualTypeOf<FakeWorkers>();
      expectTypeOf(
        fakeWorkers(processes, { resize: (file: string) => file }),
      ).toEqualTypeOf<FakeWorkers>();
      expectTypeOf(fakeWorkers(workers, [[/^re/, 5]])).toEqualTypeOf<FakeWorkers>();
      expectTypeOf(
        fakeWorkers(workers, (name, args) => [name, ...args]),
      ).toEqualTypeOf<FakeWorkers>();
      // @ts-expect-error a pool has no fakes of its own
      fakeWorkers(workers.defaultProcessPool());
    });
  });

  test('take the place of workers by nothing that a manager shows, nor are pools made by hand', () => {
    type OfFakes = 'useFakes' | 'fakeFork' | 'fakeWrap';
    expectTypeOf<Extract<keyof WorkerManager, OfFakes>>().toBeNever();
    expectTypeOf<typeof everything>().not.toHaveProperty('WorkerPool');
  });

  test('record calls that can not be changed', () => {
    never(() => {
      const fakes = fakeWorkers(workers);
      expectTypeOf(fakes.recorded('x')).toEqualTypeOf<readonly RecordedTask[]>();
      expectTypeOf(fakes.assertRan(({ args }) => args.length === 1)).toEqualTypeOf<FakeWorkers>();
      // @ts-expect-error patterns are texts, expressions, tasks of modules or functions
      fakes.assertRan(5);
    });
  });
});
