import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { watchParent, type Ancestry } from '../../../src/parent/watch-parent.js';
import { useFakeRealTime, useRealTime } from '../../support/fake-real-time.js';

describe('watchParent', () => {
  beforeEach(useFakeRealTime);
  afterEach(useRealTime);

  function system(platform: NodeJS.Platform, parent: number): Ancestry & { parent: number } {
    return {
      platform,
      parent,
      ppid() {
        return this.parent;
      },
      isAlive(pid) {
        return this.parent === pid;
      },
    };
  }

  it.each(['linux', 'darwin', 'win32'] as const)(
    'tells once that it is gone, on %s',
    (platform) => {
      const ancestry = system(platform, 10);
      const listener = jest.fn();
      watchParent(listener, {}, ancestry);
      jest.advanceTimersByTime(1000);
      expect(listener).not.toHaveBeenCalled();
      ancestry.parent = 1;
      jest.advanceTimersByTime(1000);
      expect(listener).toHaveBeenCalledTimes(1);
    },
  );

  it('finds out that one was gone before it began', () => {
    const listener = jest.fn();
    watchParent(listener, { parent: 10, every: '20ms' }, system('linux', 1));
    jest.advanceTimersByTime(20);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('tells nobody who wants to hear no more', () => {
    const ancestry = system('linux', 10);
    const listener = jest.fn();
    const stop = watchParent(listener, {}, ancestry);
    ancestry.parent = 1;
    stop();
    jest.advanceTimersByTime(1000);
    expect(listener).not.toHaveBeenCalled();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('goes by the real time while a test has fake timers', async () => {
    useRealTime();
    jest.useFakeTimers();
    await new Promise<void>((resolve) => {
      watchParent(resolve, { parent: 10, every: 1 }, system('linux', 1));
    });
  });

  it.each([
    ['no function', 'x', {}],
    ['no process id', jest.fn(), { parent: 0 }],
    ['no time', jest.fn(), { every: 0 }],
    ['no duration', jest.fn(), { every: 'soon' }],
  ])('refuses %s', (_, listener, options) => {
    const watch = (): unknown =>
      watchParent(listener as () => void, options as { parent?: number }, system('linux', 1));
    expect(watch).toThrow(expect.objectContaining({ code: 'ERR_PROC_INVALID_ARGUMENT' }));
  });
});
