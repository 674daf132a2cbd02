import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { systemClock } from '@proc/core/internal';
import { virtualClock } from '@proc/testing';
import { Gatekeeper } from '../../../src/gates/gatekeeper.js';

const clock = () => systemClock;

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
      { clock, onOpened: () => undefined },
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
    expect(new Gatekeeper([], { clock, onOpened: () => undefined }).letsPass()).toBe(true);
  });

  test('goes by the clock that it is given', async () => {
    jest.useRealTimers();
    const virtual = virtualClock();
    const looks: number[] = [];
    const gate = {
      name: 'memory' as const,
      isOpen: () => {
        looks.push(virtual.now());
        return looks.length > 2;
      },
    };
    const opened = jest.fn();
    const keeper = new Gatekeeper([gate], { clock: () => virtual, onOpened: opened });
    expect(keeper.letsPass()).toBe(false);
    await virtual.advance('1h');
    expect(looks).toEqual([0, 500, 1000]);
    expect(opened).toHaveBeenCalledTimes(1);
    expect(virtual.pending).toBe(0);
  });

  test('looks on while somebody waits, tells once when all are open, and then rests', () => {
    let isOpen = false;
    const opened = jest.fn();
    const keeper = new Gatekeeper([{ name: 'memory', isOpen: () => isOpen }], {
      clock,
      onOpened: opened,
    });
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
