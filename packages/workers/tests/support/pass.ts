import { setImmediate } from 'node:timers/promises';
import { jest } from '@jest/globals';

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

/** Timers of Jest, but for the turns that inline workers take. */
export function useHandMadeTime(): void {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
}

/** A task that takes so long. */
export const nap = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
