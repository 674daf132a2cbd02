import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { redirectOutput } from '../../../src/worker/redirect-output.js';

const { stdout, stderr } = process;
const writes = [stdout.write, stderr.write] as const;

afterEach(() => {
  [stdout.write, stderr.write] = writes;
  jest.useRealTimers();
});

describe('What a worker prints', () => {
  it('goes to a function, as text', () => {
    const receive = jest.fn();
    redirectOutput(receive);
    stdout.write('one');
    stderr.write('dHdv', 'base64');
    stdout.write(new Uint8Array([51]));
    expect(receive.mock.calls).toEqual([
      [1, 'one'],
      [2, 'two'],
      [1, '3'],
    ]);
  });

  it('is told to be written later, also where a task has stopped the time', async () => {
    redirectOutput(() => undefined);
    jest.useFakeTimers();
    let told = false;
    const written = new Promise<void>((resolve) => {
      stdout.write('one', () => {
        told = true;
        resolve();
      });
    });
    expect(told).toBe(false);
    await written;
  });
});
