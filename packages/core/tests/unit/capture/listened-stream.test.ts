import { afterEach, expect, it, jest } from '@jest/globals';
import { ListenedStream } from '../../../src/capture/listened-stream.js';
import { realTime } from '../../../src/clock/real-time.js';

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

it('What a listener of a stream throws is uncaught also while the timers of a test are fake', async () => {
  jest.useFakeTimers();
  const thrown = new Promise((resolve) => {
    // Jest has the real one for itself.
    jest.spyOn(realTime, 'nextTick').mockImplementationOnce((task) => {
      try {
        task();
      } catch (error) {
        resolve(error);
      }
    });
  });
  const stream = new ListenedStream();
  stream.on('data', () => {
    throw new Error('by a listener');
  });
  stream.write('x');
  expect(await thrown).toMatchObject({ message: 'by a listener' });
  expect(stream.destroyed).toBe(false);
});
