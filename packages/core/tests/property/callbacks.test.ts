import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CallbackConsumer } from '../../src/capture/callback-consumer.js';
import type { OutputCallback } from '../../src/contracts/output-callback.js';
import { Captured } from '../support/captured.js';
import { all, printAll, prints } from '../support/prints.js';
import { tries } from '../support/tries.js';

/** Notes what it is called with, and whether a call came before the last one was done. */
function recorder(waits: Iterator<boolean>): {
  readonly texts: { out: string; err: string };
  readonly failures: unknown[];
  readonly callback: OutputCallback;
} {
  const texts = { out: '', err: '' };
  const failures: unknown[] = [];
  let calls = 0;
  const callback: OutputCallback = (type, text, key) => {
    if (text === '' || key !== 'key' || calls > 0) failures.push({ type, text, key, calls });
    texts[type] += text;
    if (waits.next().value !== true) return undefined;
    calls++;
    return Promise.resolve().then(() => {
      calls--;
    });
  };
  return { texts, failures, callback };
}

it.each([
  ['as they come', true],
  ['all in one turn', false],
])('hands a callback all of the text, one call at a time (pieces %s)', async (_, oneByOne) => {
  await fc.assert(
    fc.asyncProperty(prints, fc.infiniteStream(fc.boolean()), async (printed, waits) => {
      const { texts, failures, callback } = recorder(waits);
      const onError = (error: unknown): unknown => failures.push(error);
      const consumer = new CallbackConsumer(callback, 'utf8', 'key', onError);
      if (oneByOne) {
        const captured = new Captured();
        captured.capture.add(consumer);
        await printAll(captured, printed);
      } else {
        await Promise.all(printed.map(async ({ type, bytes }) => consumer.accept(type, bytes)));
        await consumer.end();
      }
      expect(texts).toEqual({
        out: all(printed, 'out').toString(),
        err: all(printed, 'err').toString(),
      });
      expect(failures).toEqual([]);
    }),
    tries(200),
  );
});

it('calls a callback that has thrown no more, and reports it once', async () => {
  await fc.assert(
    fc.asyncProperty(prints, fc.nat(8), fc.boolean(), async (printed, after, rejects) => {
      const captured = new Captured();
      const failures: unknown[] = [];
      let calls = 0;
      const callback: OutputCallback = () => {
        calls++;
        if (calls <= after) return undefined;
        if (rejects) return Promise.reject(new Error('enough'));
        throw new Error('enough');
      };
      const onError = (error: unknown): unknown => failures.push(error);
      captured.capture.add(new CallbackConsumer(callback, 'utf8', undefined, onError));
      await printAll(captured, printed);
      expect(calls).toBeLessThanOrEqual(after + 1);
      expect(failures).toHaveLength(calls > after ? 1 : 0);
    }),
    tries(200),
  );
});
