import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { systemClock } from '../../../src/clock/system-clock.js';

describe('the clock of the system', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('goes by the fake timers of a test runner from the moment when they are put in', async () => {
    jest.useFakeTimers({ now: 1_000_000 });
    const began = systemClock.now();
    const fired: number[] = [];
    systemClock.timer(500, () => fired.push(systemClock.now() - began));
    await jest.advanceTimersByTimeAsync(2000);
    expect(fired).toEqual([500]);
    expect(systemClock.now() - began).toBe(2000);
    expect(systemClock.date()).toEqual(new Date(1_002_000));
  });

  it('knows that time has passed where fake timers leave the monotonic one alone', async () => {
    jest.useFakeTimers({ doNotFake: ['performance', 'Date'] });
    const began = systemClock.now();
    const fired: number[] = [];
    const note = (): void => void fired.push(systemClock.now() - began);
    systemClock.timer(60_000, note);
    systemClock.timer(90_000, note);
    await jest.advanceTimersByTimeAsync(100_000);
    const [first = 0, second = 0] = fired;
    expect(first).toBeGreaterThanOrEqual(60_000);
    expect(first).toBeLessThan(90_000);
    expect(second).toBeGreaterThanOrEqual(90_000);
    expect(second).toBeLessThan(120_000);
  });

  it('goes by the date of fake timers that leave the monotonic time alone', async () => {
    jest.useFakeTimers({ doNotFake: ['performance'] });
    const began = systemClock.now();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(systemClock.now() - began).toBe(60_000);
    jest.setSystemTime(0);
    expect(systemClock.now() - began).toBe(60_000);
  });

  it('goes by no date where timers are real, and on from the same moment when they are so again', () => {
    const first = systemClock.now();
    jest.useFakeTimers({ doNotFake: ['performance', 'setTimeout'], now: 0 });
    jest.setSystemTime(86_400_000);
    const second = systemClock.now();
    jest.useRealTimers();
    jest.useFakeTimers({ doNotFake: ['performance'], now: 0 });
    const third = systemClock.now();
    jest.useRealTimers();
    const fourth = systemClock.now();
    expect([second - first < 5000, third - second < 5000, fourth - third < 5000]).toEqual([
      true,
      true,
      true,
    ]);
    expect([first, second, third, fourth].toSorted((a, b) => a - b)).toEqual([
      first,
      second,
      third,
      fourth,
    ]);
  });

  it('goes by the monotonic time alone without fake timers', async () => {
    const apart = systemClock.now() - performance.now();
    await new Promise<void>((resolve) => {
      systemClock.timer(1, resolve);
    });
    expect(systemClock.now() - performance.now()).toBeCloseTo(apart, -1);
  });

  it('fires no timer that was taken back', async () => {
    jest.useFakeTimers();
    const fire = jest.fn();
    systemClock.timer(500, fire)();
    await jest.advanceTimersByTimeAsync(1000);
    expect(fire).not.toHaveBeenCalled();
  });

  it('keeps this process alive by a timer only where that is not in the background', () => {
    const set = jest.spyOn(globalThis, 'setTimeout');
    const cancels = [
      systemClock.timer(60_000, () => undefined),
      systemClock.timer(60_000, () => undefined, { background: true }),
    ];
    const timers = set.mock.results.map(({ value }) => value as NodeJS.Timeout);
    expect(timers.map((timer) => timer.hasRef())).toEqual([true, false]);
    for (const cancel of cancels) cancel();
    set.mockRestore();
  });

  it('knows timers that are numbers, as those of a browser', () => {
    const set = jest.spyOn(globalThis, 'setTimeout').mockReturnValue(7 as never);
    const cancel = systemClock.timer(60_000, () => undefined, { background: true });
    expect(cancel).not.toThrow();
    expect(set).toHaveBeenCalledTimes(1);
    set.mockRestore();
  });
});
