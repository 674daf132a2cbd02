import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it, jest } from '@jest/globals';
import { StreamConsumer } from '../../../src/capture/stream-consumer.js';
import { settled } from '../../support/captured.js';

/** A writable that finishes each write when the test says so. */
class SlowWritable extends Writable {
  readonly written: string[] = [];
  release: () => void = () => undefined;

  constructor() {
    super({ highWaterMark: 1 });
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error) => void): void {
    this.written.push(chunk.toString());
    this.release = done;
  }
}

const consume = (
  target: Writable,
  onClosed: (error: Error | undefined) => void = () => undefined,
  endTarget = false,
): StreamConsumer => new StreamConsumer('out', target, { endTarget }, onClosed);

describe('StreamConsumer', () => {
  it('copies the bytes of its stream only', () => {
    const target = new PassThrough();
    const copy = consume(target);
    void copy.accept('out', Buffer.from('a'));
    void copy.accept('err', Buffer.from('b'));
    void copy.accept('out', Buffer.from('c'));
    expect((target.read() as Buffer).toString()).toBe('ac');
  });

  it('holds back until the target has drained', async () => {
    const target = new SlowWritable();
    let free = false;
    const held = Promise.resolve(consume(target).accept('out', Buffer.from('ab'))).then(() => {
      free = true;
    });
    await settled();
    expect(free).toBe(false);
    target.release();
    await held;
    expect(target.listenerCount('drain')).toBe(0);
  });

  it.each(['close', 'error'])('lets go when the target goes by "%s"', async (how) => {
    const target = new SlowWritable();
    const onClosed = jest.fn();
    const held = consume(target, onClosed).accept('out', Buffer.from('ab'));
    const error = new Error('disk full');
    target.destroy(how === 'error' ? error : undefined);
    await held;
    expect(onClosed.mock.calls).toEqual([[how === 'error' ? error : undefined]]);
  });

  it.each(['accept', 'end'] as const)(
    'tells why the target has failed, also while that takes its time to close: %s',
    async (next) => {
      let closed: () => void = () => undefined;
      const full = new Error('disk full');
      const target = new Writable({
        write: (_chunk, _encoding, done) => {
          done(full);
        },
        destroy: (error, done) => {
          closed = () => {
            done(error);
          };
        },
      });
      const onClosed = jest.fn();
      const copy = consume(target, onClosed, true);
      void copy.accept('out', Buffer.from('a'));
      await settled();
      expect([target.destroyed, onClosed.mock.calls]).toEqual([true, []]);
      void (next === 'end' ? copy.end() : copy.accept('out', Buffer.from('b')));
      await settled();
      expect(onClosed.mock.calls).toEqual([[full]]);
      closed();
    },
  );

  it('writes nothing more to a target that has gone', async () => {
    const target = new SlowWritable();
    const copy = consume(target);
    target.destroy();
    await settled();
    expect(copy.accept('out', Buffer.from('ab'))).toBeUndefined();
    expect(target.written).toEqual([]);
  });

  it.each([
    ['was destroyed', (target: Writable) => void target.destroy()],
    ['has ended', (target: Writable) => void target.end()],
  ])('does not wait for a target that %s long ago', async (_, close) => {
    const target = new SlowWritable();
    close(target);
    await settled();
    const onClosed = jest.fn();
    expect(consume(target, onClosed).accept('out', Buffer.from('ab'))).toBeUndefined();
    expect(onClosed.mock.calls).toEqual([[new Error('the stream had been closed before')]]);
  });

  it('reports a target whose write throws', () => {
    const error = new Error('no stream of Node');
    const target = new SlowWritable();
    target.write = () => {
      throw error;
    };
    const onClosed = jest.fn();
    expect(consume(target, onClosed).accept('out', Buffer.from('ab'))).toBeUndefined();
    expect(onClosed.mock.calls).toEqual([[error]]);
  });

  it('leaves a target open that is not its own, and takes its listeners off', async () => {
    const target = new PassThrough();
    const copy = consume(target);
    await copy.end();
    expect(target.writableEnded).toBe(false);
    expect([target.listenerCount('close'), target.listenerCount('error')]).toEqual([0, 0]);
  });

  it('ends a target of its own and waits until that has everything', async () => {
    const target = new SlowWritable();
    const onClosed = jest.fn();
    const copy = consume(target, onClosed, true);
    void copy.accept('out', Buffer.from('ab'));
    let ended = false;
    const end = copy.end().then(() => {
      ended = true;
    });
    await settled();
    expect(ended).toBe(false);
    target.release();
    await end;
    expect(target.writableFinished).toBe(true);
    expect(onClosed).not.toHaveBeenCalled();
  });
});
