import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Gatekeeper } from '../../../src/gates/gatekeeper.js';

describe('a gatekeeper', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test('lets pass as long as every gate is open, and names the first that is not', () => {
    let load = true;
    const keeper = new Gatekeeper(
      [
        { name: 'memory', isOpen: () => true },
        { name: 'load', isOpen: () => load },
        { name: 'descriptors', isOpen: () => false },
      ],
      () => undefined,
    );
    load = false;
    expect(keeper.letsPass()).toBe(false);
    expect(keeper.shut).toBe('load');
    load = true;
    expect(keeper.letsPass()).toBe(false);
    expect(keeper.shut).toBe('descriptors');
    keeper.rest();
    expect(keeper.shut).toBeNull();
    expect(jest.getTimerCount()).toBe(0);
    expect(new Gatekeeper([], () => undefined).letsPass()).toBe(true);
  });

  test('looks on while somebody waits, tells once when all are open, and then rests', () => {
    let isOpen = false;
    const opened = jest.fn();
    const keeper = new Gatekeeper([{ name: 'memory', isOpen: () => isOpen }], opened);
    expect(keeper.letsPass()).toBe(false);
    expect(keeper.letsPass()).toBe(false);
    expect(jest.getTimerCount()).toBe(1);
    jest.advanceTimersByTime(10_000);
    expect(opened).not.toHaveBeenCalled();
    isOpen = true;
    jest.advanceTimersByTime(10_000);
    expect(opened).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });
});
