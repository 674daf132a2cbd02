import { afterEach, expect, it, jest } from '@jest/globals';
import { holdLoop } from '../../../src/process/hold-loop.js';

afterEach(() => {
  jest.useRealTimers();
});

it('What is waited for keeps this process alive though the timers of a test are fake', async () => {
  jest.useFakeTimers();
  const before = activeTimers();
  let settle: (value: string) => void = () => undefined;
  const held = holdLoop(new Promise<string>((resolve) => (settle = resolve)));
  expect(jest.getTimerCount()).toBe(0);
  expect(activeTimers()).toBe(before + 1);
  settle('done');
  expect(await held).toBe('done');
  expect(activeTimers()).toBe(before);
});

function activeTimers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}
