import { describe, expect, it, jest } from '@jest/globals';
import { CallbackConsumer } from '../../../src/capture/callback-consumer.js';
import type { OutputCallback } from '../../../src/contracts/output-callback.js';
import { Gate, settled } from '../../support/captured.js';

const failures = (): jest.Mock<(error: unknown) => void> => jest.fn();

function consumer(callback: OutputCallback | undefined, onError = failures()): CallbackConsumer {
  return new CallbackConsumer(callback, 'utf8', 'the key', onError);
}

describe('CallbackConsumer', () => {
  it('calls with stream, text and key', () => {
    const callback = jest.fn<OutputCallback>();
    const calls = consumer(callback);
    void calls.accept('out', Buffer.from('a'));
    void calls.accept('err', Buffer.from('b'));
    expect(callback.mock.calls).toEqual([
      ['out', 'a', 'the key'],
      ['err', 'b', 'the key'],
    ]);
  });

  it('never splits a character, and is not called for an empty piece', async () => {
    const bytes = Buffer.from('\u{1f600}x');
    for (let cut = 1; cut < bytes.length; cut++) {
      const callback = jest.fn<OutputCallback>();
      const calls = consumer(callback);
      void calls.accept('out', bytes.subarray(0, cut));
      void calls.accept('out', bytes.subarray(cut));
      await calls.end();
      const texts = callback.mock.calls.map(([, text]) => text);
      expect(texts.join('')).toBe('\u{1f600}x');
      expect(texts).not.toContain('');
      expect(texts.join('')).not.toContain('\ufffd');
    }
  });

  it('gives at the end what an incomplete character leaves', async () => {
    const callback = jest.fn<OutputCallback>();
    const calls = consumer(callback);
    void calls.accept('err', Buffer.from([0xe2]));
    await calls.end();
    expect(callback.mock.calls).toEqual([['err', '\ufffd', 'the key']]);
  });

  it('does not hold back for a function that returns no promise', () => {
    expect(consumer(() => undefined).accept('out', Buffer.from('a'))).toBeUndefined();
    expect(consumer(undefined).accept('out', Buffer.from('a'))).toBeUndefined();
  });

  it('holds back until the promise settles, and makes one call at a time', async () => {
    const gates = [new Gate(), new Gate()];
    let count = 0;
    const callback = jest.fn<OutputCallback>(() => gates[count++]?.opened);
    const calls = consumer(callback);
    const first = calls.accept('out', Buffer.from('1'));
    const second = calls.accept('err', Buffer.from('2'));
    await settled();
    expect(callback).toHaveBeenCalledTimes(1);
    gates[0]?.open();
    await first;
    await settled();
    expect(callback).toHaveBeenCalledTimes(2);
    gates[1]?.open();
    await second;
  });

  it('ends only after the last promise', async () => {
    const gate = new Gate();
    const calls = consumer(() => gate.opened);
    void calls.accept('out', Buffer.from([0x61, 0xe2]));
    let ended = false;
    const end = Promise.resolve(calls.end()).then(() => {
      ended = true;
    });
    await settled();
    expect(ended).toBe(false);
    gate.open();
    await end;
  });

  it('reports a throw once, and calls no more', () => {
    const error = new Error('no');
    const onError = failures();
    const callback = jest.fn<OutputCallback>(() => {
      throw error;
    });
    const calls = consumer(callback, onError);
    void calls.accept('out', Buffer.from('a'));
    void calls.accept('out', Buffer.from('b'));
    expect(callback).toHaveBeenCalledTimes(1);
    expect(onError.mock.calls).toEqual([[error]]);
  });

  it('reports a rejection once, and drops the calls that wait', async () => {
    const onError = failures();
    const gate = new Gate();
    const callback = jest.fn<OutputCallback>(() => gate.opened);
    const calls = consumer(callback, onError);
    const held = (['out', 'err'] as const).map(async (type) =>
      calls.accept(type, Buffer.from('a')),
    );
    gate.fail('no');
    await Promise.all(held);
    expect(callback).toHaveBeenCalledTimes(1);
    expect(onError.mock.calls).toEqual([['no']]);
  });

  it('takes another function from the next chunk on', () => {
    const first = jest.fn<OutputCallback>();
    const second = jest.fn<OutputCallback>();
    const calls = consumer(first);
    void calls.accept('out', Buffer.from('a'));
    void calls.replace(second);
    void calls.accept('out', Buffer.from('b'));
    expect(first).toHaveBeenCalledTimes(1);
    expect(second.mock.calls).toEqual([['out', 'b', 'the key']]);
  });

  describe('that comes late', () => {
    const missed = [
      ['out', 'a'],
      ['err', ''],
      ['err', 'b'],
    ] as const;

    it('hears what it has missed, then what comes, one call at a time', async () => {
      const gates = [new Gate(), new Gate(), new Gate()];
      const heard: string[] = [];
      const calls = consumer(undefined);
      const caughtUp = calls.replace(
        (type, text) => {
          heard.push(`${type} ${text}`);
          return gates[heard.length - 1]?.opened;
        },
        () => missed,
      );
      const held = calls.accept('out', Buffer.from('c'));
      await settled();
      expect(heard).toEqual(['out a']);
      gates[0]?.open();
      await settled();
      expect(heard).toEqual(['out a', 'err b']);
      gates[1]?.open();
      await caughtUp;
      await settled();
      expect(heard).toEqual(['out a', 'err b', 'out c']);
      gates[2]?.open();
      await held;
    });

    it('hears nothing of the past where another one has heard it', () => {
      const calls = consumer(() => undefined);
      const second = jest.fn<OutputCallback>();
      expect(calls.replace(second, () => missed)).toBeUndefined();
      expect(second).not.toHaveBeenCalled();
    });

    it('is waited for at the end, and may fail without holding that up', async () => {
      const gate = new Gate();
      const onError = failures();
      const calls = consumer(undefined, onError);
      const caughtUp = calls.replace(
        () => gate.opened,
        () => missed,
      );
      let ended = false;
      const end = Promise.resolve(calls.end()).then(() => {
        ended = true;
      });
      await settled();
      expect(ended).toBe(false);
      gate.fail(new Error('no more'));
      await Promise.all([end, caughtUp]);
      expect(onError).toHaveBeenCalledTimes(1);
    });

    it('after the end tells of its error itself', async () => {
      const calls = consumer(undefined);
      await calls.end();
      const mine = new Error('no more');
      const fail = (): never => {
        throw mine;
      };
      await expect(calls.replace(fail, () => missed)).rejects.toBe(mine);
    });
  });
});
