import timers from 'node:timers';
import { setImmediate } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { realTime } from '@proc/core/internal';
import type { TaskContext } from '../../src/contracts/task-context.js';

/** Frames of inline workers take turns of the system; enough of them for all that a millisecond brings about. */
const TURNS = 12;

/** Has time pass where `useHandMadeTime` has been called, and looks after each millisecond. */
export async function pass(ms: number, look: () => void = () => undefined): Promise<void> {
  for (let time = 0; time < ms; time += 1) {
    await jest.advanceTimersByTimeAsync(1);
    for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
    look();
  }
}

const real = { ...realTime };

/** Timers of Jest, also for what goes by the real time otherwise, but for the turns that inline workers take. */
export function useHandMadeTime(): void {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  Object.assign(realTime, { setTimeout, clearTimeout, now: () => performance.now() });
  // Functions are made anew outside of what Jest makes for a test, with the timers of the system; modules of Node are
  // the same everywhere.
  Reflect.set(timers, 'handMade', setTimeout);
}

/** Takes back what {@link useHandMadeTime} has done, and other fake timers. */
export function useRealTime(): void {
  Object.assign(realTime, real);
  jest.useRealTimers();
}

/** A task that takes so long where `useHandMadeTime` has been called. */
export const nap = (ms: number, { require }: TaskContext): Promise<void> =>
  new Promise((resolve) => {
    const { handMade } = require('node:timers') as { handMade: typeof setTimeout };
    handMade(resolve, ms);
  });
