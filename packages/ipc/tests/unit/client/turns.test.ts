import { afterEach, expect, it, jest } from '@jest/globals';
import { IpcTimeoutError } from '../../../src/errors/ipc-timeout-error.js';
import { Turns } from '../../../src/client/turns.js';

afterEach(() => {
  jest.useRealTimers();
});

it('Who waits for a turn has so much time though the timers of a test are fake', async () => {
  jest.useFakeTimers();
  const turns = new Turns('lock', 'a');
  let leave: () => void = () => undefined;
  const first = turns.take(undefined, () => new Promise<void>((resolve) => (leave = resolve)));
  const second: unknown = await turns
    .take({ timeout: 20 }, () => Promise.resolve('its turn'))
    .catch((error: unknown) => error);
  expect(IpcTimeoutError.is(second)).toBe(true);
  leave();
  await first;
  expect(jest.getTimerCount()).toBe(0);
});
