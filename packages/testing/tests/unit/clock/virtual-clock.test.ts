import { stat } from 'node:fs/promises';
import { describe, expect, it, jest } from '@jest/globals';
import { InvalidArgumentError } from '@proc/core';
import {
  EndlessTimeError,
  virtualClock,
  type VirtualClock,
  type VirtualClockOptions,
} from '@proc/testing';

/** A clock, and what a test notes by it. */
function noted(options?: VirtualClockOptions): {
  clock: VirtualClock;
  notes: string[];
  note: (what: string) => () => void;
} {
  const clock = virtualClock(options);
  const notes: string[] = [];
  return { clock, notes, note: (what) => () => void notes.push(`${what} at ${clock.now()}`) };
}

describe('a virtual clock', () => {
  it('stands still until it is told to go on', async () => {
    const { clock, notes, note } = noted();
    clock.timer(1, note('timer'));
    await clock.settle();
    expect([clock.now(), notes]).toEqual([0, []]);
    await clock.advance(1);
    expect([clock.now(), notes]).toEqual([1, ['timer at 1']]);
  });

  it('fires each timer at its time, those of one time in the order in which they were set', async () => {
    const { clock, notes, note } = noted();
    clock.timer(20, note('c'));
    clock.timer(10, note('a'));
    clock.timer(10, note('b'));
    clock.timer(0, note('first'));
    clock.timer(-5, note('second'));
    clock.timer(31, note('too late'));
    expect(clock.pending).toBe(6);
    await clock.advance(30);
    expect(notes).toEqual(['first at 0', 'second at 0', 'a at 10', 'b at 10', 'c at 20']);
    expect([clock.now(), clock.pending]).toEqual([30, 1]);
  });

  it('fires within the same time what is only set on the way', async () => {
    const { clock, notes, note } = noted();
    clock.timer(10, () => {
      note('outer')();
      clock.timer(10, note('inner'));
    });
    await clock.advance('1s');
    expect(notes).toEqual(['outer at 10', 'inner at 20']);
  });

  it('lets everything happen between two timers that takes no time', async () => {
    const { clock, notes, note } = noted();
    clock.timer(10, () => {
      void (async () => {
        for (let turn = 0; turn < 20; turn++) {
          await new Promise((resolve) => setImmediate(resolve));
          await Promise.resolve();
        }
        note('late')();
      })();
    });
    clock.timer(11, note('next'));
    await clock.runAll();
    expect(notes).toEqual(['late at 10', 'next at 11']);
  });

  it('fires no timer that has been taken back, and minds no timer that is taken back too late', async () => {
    const { clock, notes, note } = noted();
    const cancel = clock.timer(10, note('no'));
    const late = clock.timer(5, note('yes'));
    cancel();
    cancel();
    await clock.runAll();
    late();
    expect([notes, clock.now(), clock.pending]).toEqual([['yes at 5'], 5, 0]);
  });

  it('begins at a date, and tells that of each moment', async () => {
    const clock = virtualClock({ date: '2030-01-01T00:00:00Z' });
    expect(clock.date()).toEqual(new Date('2030-01-01T00:00:00Z'));
    await clock.advance('24h');
    expect(clock.date()).toEqual(new Date('2030-01-02T00:00:00Z'));
    expect(() => virtualClock({ date: 'some day' })).toThrow(InvalidArgumentError);
  });

  it('refuses what is no time', () => {
    const clock = virtualClock();
    for (const wrong of [-1, NaN, '5 parsecs'] as never[]) {
      expect(() => clock.advance(wrong)).toThrow(InvalidArgumentError);
      expect(() => void clock.sleep(wrong)).toThrow(InvalidArgumentError);
    }
  });

  it('lets just as much time pass as something needs', async () => {
    const { clock, notes, note } = noted();
    clock.timer(50, note('not needed'));
    const wanted = clock.sleep(20).then(() => clock.sleep(20));
    await clock.runUntil(wanted);
    expect([clock.now(), notes]).toEqual([40, []]);
    expect(await clock.runUntil(Promise.resolve('no time at all'))).toBe('no time at all');
    const failure = clock.sleep(5).then(() => Promise.reject(new Error('as it should')));
    await expect(clock.runUntil(failure)).rejects.toThrow('as it should');
    expect(clock.now()).toBe(45);
  });

  it('goes on when what really happens has set another timer', async () => {
    const clock = virtualClock();
    const real = stat(__filename);
    await clock.runUntil(real.then(() => clock.sleep('1h')));
    expect(clock.now()).toBe(3_600_000);
  });

  it('says so when time has no end', async () => {
    const clock = virtualClock({ timerLimit: 200 });
    const always = (): void => void clock.timer(0, always);
    always();
    await expect(clock.advance(1)).rejects.toThrow('still one more to wait for');
    const forever = new Promise(() => undefined);
    await expect(clock.runUntil(forever)).rejects.toThrow(EndlessTimeError);
  });

  it('takes no number of timers for endless that time gets past', async () => {
    const clock = virtualClock({ timerLimit: 10 });
    let rounds = 0;
    const again = (): void => {
      if (++rounds < 100) clock.timer(10, again);
    };
    again();
    await clock.advance('1s');
    expect([rounds, clock.now()]).toEqual([100, 1000]);
  });

  it('does not wait for a task that is never done', async () => {
    const clock = virtualClock();
    let goesOn = true;
    const forever = (): void => {
      if (goesOn) setImmediate(forever);
    };
    forever();
    clock.timer(10, () => (goesOn = false));
    await clock.advance(10);
    expect([goesOn, clock.now()]).toEqual([false, 10]);
  });

  it('lets time pass in turn when that is asked for more than once', async () => {
    const { clock, notes, note } = noted();
    clock.timer(10, note('timer'));
    await Promise.all([clock.advance(5), clock.advance(5), clock.advance(5)]);
    expect([clock.now(), notes]).toEqual([15, ['timer at 10']]);
  });

  it('aborts in its time, as AbortSignal.timeout does', async () => {
    const clock = virtualClock();
    const [plain, other] = [clock.abortSignal('1m'), clock.abortSignal('1m', 'enough')];
    await clock.advance(59_999);
    expect(plain.aborted).toBe(false);
    await clock.advance(1);
    expect([plain.reason, other.reason]).toMatchObject([{ name: 'TimeoutError' }, 'enough']);
  });

  it('goes by itself once it is released, and does not keep this process busy for ever', async () => {
    const { clock, notes, note } = noted({ timerLimit: 500 });
    clock.timer(10, note('before'));
    clock.release();
    clock.release();
    await clock.sleep('500h');
    expect(clock.released).toBe(true);
    expect(notes).toEqual(['before at 10']);
    let rounds = 0;
    const always = (): void => {
      rounds++;
      clock.timer(1, always);
    };
    always();
    await clock.settle();
    expect(rounds).toBeGreaterThan(400);
    expect(clock.pending).toBe(1);
  });

  it('is not stopped by the fake timers of a test runner', async () => {
    jest.useFakeTimers();
    try {
      const { clock, notes, note } = noted();
      clock.timer(10, note('timer'));
      await clock.advance(10);
      expect(notes).toEqual(['timer at 10']);
    } finally {
      jest.useRealTimers();
    }
  });
});
