import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WorkerManager } from '../../../src/index.js';
import { fakeWorkers } from '../../../src/testing/index.js';

const double = (value: number): number => value * 2;

/** What an entry point of `@proc/testing` does, without a runner. */
interface Place {
  awaited: boolean;
  readonly fakes: Set<{ acknowledgeStrays(): readonly unknown[]; restore(): void }>;
}

const global = globalThis as unknown as Record<symbol, Place>;
const key = Symbol.for('@proc/testing/after-each-test');

describe('Fakes of workers', () => {
  let workers: WorkerManager;
  let place: Place;

  beforeEach(() => {
    workers = new WorkerManager();
    place = { awaited: true, fakes: new Set() };
    global[key] = place;
  });

  afterEach(() => workers.close());

  afterAll(() => {
    Reflect.deleteProperty(globalThis, key);
  });

  it('can be found by who takes all fakes back after each test', () => {
    const fakes = fakeWorkers(workers);
    expect([...place.fakes]).toEqual([fakes]);
  });

  it('tell of strays also when they were taken back before, once', async () => {
    const fakes = fakeWorkers(workers, {}).preventStrayTasks();
    await workers.submit(double, 1).result.catch(() => undefined);
    fakes.restore();
    expect([...place.fakes]).toEqual([fakes]);
    expect(fakes.acknowledgeStrays()).toMatchObject([{ command: 'double(1)' }]);
    expect(fakes.acknowledgeStrays()).toEqual([]);
  });

  it('are forgotten with their strays where nobody looks', async () => {
    place.awaited = false;
    const fakes = fakeWorkers(workers, {}).preventStrayTasks();
    await workers.submit(double, 1).result.catch(() => undefined);
    fakes.restore();
    expect([...place.fakes]).toEqual([]);
    expect(fakes.acknowledgeStrays()).toEqual([]);
  });
});
