import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TaskContext } from '../../../src/contracts/task-context.js';
import { TaskRetrying } from '../../../src/events/task-events.js';
import { nap, pass, useHandMadeTime, useRealTime } from '../../support/pass.js';
import { failure, makePool } from '../../support/pools.js';
import { RecordingEvents } from '../../support/recording-events.js';

describe('The time of a task', () => {
  beforeEach(useHandMadeTime);
  afterEach(useRealTime);

  it('counts from its begin for its timeout, however long it has waited', async () => {
    const pool = makePool('inline', { size: 1, grace: 0 });
    const before = pool.run(nap, 500);
    const short = pool.with({ timeout: 50 }).submit(nap, 20);
    const long = pool.with({ timeout: 50 }).submit(nap, 100);
    const late = failure(long.result);
    await pass(490);
    expect([short.status, long.status]).toEqual(['queued', 'queued']);
    await pass(40);
    await Promise.all([before, short.result]);
    await pass(5);
    expect(long.status).toBe('running');
    await pass(60);
    expect(await late).toMatchObject({ limit: 'timeout', limitMs: 50 });
  });

  it('grows between attempts by its factor, and none begins before', async () => {
    const events = new RecordingEvents();
    const pool = makePool('inline', { size: 1 }, events);
    const retry = { times: 3, delay: 100, factor: 2 };
    const attempts: unknown[] = [];
    const failing = ({ attempt, emit }: TaskContext) => {
      emit(attempt);
      throw new Error('again');
    };
    const onEmit = (attempt: unknown) => attempts.push(attempt);
    const ended = failure(pool.with({ retry, onEmit }).run(failing));
    const begun: number[] = [];
    for (const wait of [50, 100, 100, 100, 250, 250]) {
      await pass(wait);
      begun.push(attempts.length);
    }
    // After 50, 150, 250, 350, 600 and 850 ms; they begin after 0, 100, 300 and 700.
    expect(begun).toEqual([1, 2, 2, 3, 3, 4]);
    expect((await ended).message).toBe('again');
    expect(events.of(TaskRetrying).map(({ delayMs }) => delayMs)).toEqual([100, 200, 400]);
  });
});
