import { describe, expect, it } from '@jest/globals';
import type { Clock } from '@proc/core';
import { LastWork } from '../../../src/stages/last-work.js';
import { ThroughStage } from '../../../src/stages/through-stage.js';
import { turn } from '../../support/turn.js';

/** A clock that stands still until the test lets its timers fire. */
function stoppedClock(): Clock & { readonly timers: Map<number, () => void> } {
  const timers = new Map<number, () => void>();
  return {
    timers,
    now: () => 0,
    date: () => new Date(0),
    timer: (ms, fire) => {
      timers.set(ms, fire);
      return () => void timers.delete(ms);
    },
  };
}

describe('the last work of a function', () => {
  it('is not waited for, unless the function has taken the signal', async () => {
    const work = new LastWork(stoppedClock());
    work.goesOn(new Promise(() => undefined));
    await work.done();
  });

  it('is waited for when it has, whether it ends well or not, and leaves no timer', async () => {
    for (const ending of [Promise.resolve(), Promise.reject(new Error('no'))]) {
      const clock = stoppedClock();
      const work = new LastWork(clock);
      work.heeds(new AbortController().signal);
      work.goesOn(ending);
      await work.done();
      expect(clock.timers.size).toBe(0);
    }
  });

  it('is waited for no longer than ten seconds', async () => {
    const clock = stoppedClock();
    const work = new LastWork(clock);
    work.heeds(new AbortController().signal);
    work.goesOn(new Promise(() => undefined));
    const done = work.done();
    clock.timers.get(10_000)?.();
    await done;
  });

  it('keeps the stage from its end until it is done', async () => {
    let finish!: () => void;
    const cleaned = new Promise<void>((resolve) => (finish = resolve));
    const stage = new ThroughStage(async function* (
      _lines: AsyncIterable<string>,
      { signal }: { readonly signal: AbortSignal },
    ) {
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve);
      });
      await cleaned;
      yield 'too late';
    });
    const launched = stage.launch();
    let ended = false;
    const outcome = launched.stop().then((result) => {
      ended = true;
      return result;
    });
    for (let turns = 0; turns < 10; turns++) await turn();
    expect(ended).toBe(false);
    finish();
    expect(await outcome).toMatchObject({ signal: 'SIGTERM', stdout: '' });
  });
});
