import { PassThrough, Readable, Writable } from 'node:stream';
import { once } from 'node:events';
import { describe, expect, it, jest } from '@jest/globals';
import { feedInput, isClosedInput } from '../../../src/input/feed-input.js';
import { settled } from '../../support/captured.js';

const coded = (code: string): Error => Object.assign(new Error(code), { code });

/** A program's standard input that takes nothing. */
class NeverRead extends Writable {
  taken = 0;

  constructor() {
    super({ highWaterMark: 16 });
    // As core does for every standard input.
    this.on('error', () => undefined);
  }

  override _write(): void {
    this.taken++;
  }
}

describe('feedInput', () => {
  it('copies the source and ends the input', async () => {
    const stdin = new PassThrough();
    const onError = jest.fn();
    feedInput(Readable.from(['a', 'b'], { objectMode: false }), stdin, onError);
    const [text] = await Promise.all([stdin.toArray(), once(stdin, 'finish')]);
    expect(Buffer.concat(text as Buffer[]).toString()).toBe('ab');
    expect(onError).not.toHaveBeenCalled();
  });

  it('reads no more of the source than the program takes', async () => {
    let made = 0;
    const source = Readable.from(
      (function* () {
        for (;;) {
          made++;
          yield Buffer.alloc(1024);
        }
      })(),
      { objectMode: false, highWaterMark: 1024 },
    );
    const stop = feedInput(source, new NeverRead(), jest.fn());
    await settled();
    expect(made).toBeLessThan(10);
    stop();
    expect(source.destroyed).toBe(true);
  });

  it.each(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED'])(
    'lets the source go without complaint when the input fails with %s',
    async (code) => {
      const stdin = new NeverRead();
      const source = new PassThrough();
      const onError = jest.fn();
      feedInput(source, stdin, onError);
      source.write('a');
      stdin.destroy(coded(code));
      await once(source, 'close');
      expect(onError).not.toHaveBeenCalled();
    },
  );

  it('lets the source go when the program closes its input', async () => {
    const stdin = new NeverRead();
    const source = new PassThrough();
    feedInput(source, stdin, jest.fn());
    stdin.destroy();
    await once(source, 'close');
    expect(source.destroyed).toBe(true);
  });

  it('reports an error of the source once and closes the input', async () => {
    const stdin = new NeverRead();
    const source = new PassThrough();
    const onError = jest.fn();
    feedInput(source, stdin, onError);
    const error = new Error('cable cut');
    source.destroy(error);
    await once(stdin, 'close');
    expect(onError.mock.calls).toEqual([[error]]);
  });

  it('reports an error that the source had before it was looked at, instead of taking it for empty', async () => {
    const source = new Readable({ read: () => undefined });
    source.on('error', () => undefined).destroy(coded('EIO'));
    await settled();
    const stdin = new PassThrough();
    const onError = jest.fn();
    feedInput(source, stdin, onError);
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ code: 'EIO' }));
    expect(stdin.destroyed).toBe(true);
  });

  it.each(['while it is read', 'before'])(
    'reports a source that is destroyed before its end, %s, instead of passing its part for the whole',
    async (when) => {
      const stdin = new PassThrough();
      const source = new PassThrough();
      const onError = jest.fn();
      if (when === 'before') source.destroy();
      feedInput(source, stdin, onError);
      source.destroy();
      await once(stdin, 'close');
      expect(onError.mock.calls).toEqual([
        [expect.objectContaining({ code: 'ERR_STREAM_PREMATURE_CLOSE' })],
      ]);
    },
  );

  it('ends the input at once for a source that has ended', async () => {
    const source = new PassThrough();
    source.end();
    source.resume();
    await once(source, 'end');
    const stdin = new PassThrough();
    stdin.resume();
    feedInput(source, stdin, jest.fn());
    await once(stdin, 'end');
  });

  it('stops feeding when told to, any number of times', () => {
    const source = new PassThrough();
    const stop = feedInput(source, new NeverRead(), jest.fn());
    stop();
    stop();
    expect(source.destroyed).toBe(true);
  });
});

describe('isClosedInput', () => {
  it('knows the errors that only say that nobody reads', () => {
    expect(isClosedInput(coded('EPIPE'))).toBe(true);
    expect(isClosedInput(coded('ENOSPC'))).toBe(false);
    expect(isClosedInput(null)).toBe(false);
    expect(isClosedInput(undefined)).toBe(false);
  });
});
