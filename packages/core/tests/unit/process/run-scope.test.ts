import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { realTime } from '../../../src/clock/real-time.js';
import { RunScope } from '../../../src/process/run-scope.js';

describe('RunScope', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('runs every clean-up once when it is closed', () => {
    const scope = new RunScope();
    const cleanups = [jest.fn(), jest.fn()];
    for (const cleanup of cleanups) scope.defer(cleanup);
    scope.close();
    scope.close();
    for (const cleanup of cleanups) expect(cleanup).toHaveBeenCalledTimes(1);
    expect(scope.closed).toBe(true);
  });

  it('does not run a clean-up that was taken out again', () => {
    const scope = new RunScope();
    const cleanup = jest.fn();
    scope.defer(cleanup)();
    scope.close();
    expect(cleanup).not.toHaveBeenCalled();
  });

  it('cleans up at once what comes after the close', () => {
    const scope = new RunScope();
    scope.close();
    const cleanup = jest.fn();
    scope.defer(cleanup);
    expect(cleanup).toHaveBeenCalledTimes(1);
  });

  it('fires a timer once', () => {
    const scope = new RunScope();
    const fire = jest.fn();
    scope.timer(100, fire);
    jest.advanceTimersByTime(99);
    expect(fire).not.toHaveBeenCalled();
    jest.advanceTimersByTime(200);
    expect(fire).toHaveBeenCalledTimes(1);
  });

  it('leaves no timer behind when it is closed, or the timer cancelled', () => {
    const scope = new RunScope();
    const fire = jest.fn();
    scope.timer(100, fire)();
    scope.timer(100, fire);
    scope.close();
    scope.timer(100, fire);
    expect(jest.getTimerCount()).toBe(0);
    jest.advanceTimersByTime(1000);
    expect(fire).not.toHaveBeenCalled();
  });

  it('lets what has happened meanwhile be heard before a timer that is late, and can still cancel it', async () => {
    jest.useFakeTimers({ doNotFake: ['performance', 'Date', 'nextTick'] });
    const scopes = [new RunScope(), new RunScope()] as const;
    const fired: number[] = [];
    for (const [index, scope] of scopes.entries()) scope.timer(1, () => fired.push(index));
    for (const end = performance.now() + 50; performance.now() < end;);
    jest.advanceTimersByTime(1);
    expect(fired).toEqual([]);
    scopes[0].close();
    await new Promise<void>((resolve) => realTime.setImmediate(resolve));
    expect(fired).toEqual([1]);
  });

  it('forgets a timer that has fired', () => {
    const scope = new RunScope();
    const clear = jest.spyOn(globalThis, 'clearTimeout');
    scope.timer(1, () => undefined);
    jest.advanceTimersByTime(1);
    scope.close();
    expect(clear).not.toHaveBeenCalled();
  });
});
