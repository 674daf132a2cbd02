import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { OutputConsumer } from '../../../src/capture/output-consumer.js';
import { SpillFile } from '../../../src/capture/spill-file.js';
import { Captured, Gate, settled } from '../../support/captured.js';

describe('Capture', () => {
  it('keeps both streams apart, byte for byte', async () => {
    const captured = new Captured();
    await captured.print(Buffer.from([0, 255, 10]));
    await captured.print('problem', 'err');
    await captured.end();
    expect(captured.capture.retained('out').bytes()).toEqual(Buffer.from([0, 255, 10]));
    expect(captured.capture.retained('err').text()).toBe('problem');
    expect(captured.capture.hasEnded).toBe(true);
  });

  it('hands every chunk to all consumers in order of arrival, then tells them of the end', async () => {
    const captured = new Captured();
    const log: string[] = [];
    for (const name of ['a', 'b']) {
      captured.capture.add({
        accept: (type, bytes) => {
          log.push(`${name} ${type} ${bytes.toString()}`);
        },
        end: () => {
          log.push(`${name} end`);
        },
      });
    }
    await captured.print('1');
    await captured.print('2', 'err');
    await captured.end();
    expect(log).toEqual(['a out 1', 'b out 1', 'a err 2', 'b err 2', 'a end', 'b end']);
  });

  it('shows a removed consumer nothing more', async () => {
    const captured = new Captured();
    const seen: string[] = [];
    const remove = captured.capture.add({ accept: (_, bytes) => void seen.push(bytes.toString()) });
    await captured.print('1');
    remove();
    await captured.print('2');
    expect(seen).toEqual(['1']);
  });

  it('tells a consumer that comes after the end of the end at once', async () => {
    const captured = new Captured();
    await captured.end();
    let ends = 0;
    captured.capture.add({
      accept: () => undefined,
      end: () => {
        ends++;
      },
    });
    expect(ends).toBe(1);
  });

  it('waits also for those who hold it back when its end has come', async () => {
    const captured = new Captured();
    const [first, second] = [new Gate(), new Gate()];
    // Before the capture itself goes on: as somebody who was told of output, and listens now.
    const next = first.opened.then(() => {
      captured.capture.hold(second.opened);
    });
    const { stdout, stderr } = captured.handle;
    for (const stream of [stdout, stderr]) {
      stream.prependOnceListener('end', () => {
        if (stdout.readableEnded && stderr.readableEnded) captured.capture.hold(first.opened);
      });
    }
    const ended = captured.end();
    while (!captured.capture.heldBack) await settled();
    first.open();
    await next;
    await settled();
    expect(captured.capture.isClosed).toBe(false);
    second.open();
    await ended;
    expect(captured.capture.hasEnded).toBe(true);
  });

  it('tells every consumer of the end, although one of them never finishes', async () => {
    const captured = new Captured();
    let ends = 0;
    const accept = (): void => undefined;
    captured.capture.add({ accept, end: () => new Promise(() => undefined) });
    captured.capture.add({
      accept,
      end: () => {
        ends++;
      },
    });
    captured.capture.close();
    await settled();
    expect([ends, captured.capture.hasEnded]).toEqual([1, false]);
  });

  it('pauses both streams while any consumer holds back, and resumes after the last', async () => {
    const captured = new Captured();
    const gates = [new Gate(), new Gate()] as const;
    const arrived: string[] = [];
    for (const gate of gates) {
      captured.capture.add({
        accept: (type) => {
          arrived.push(type);
          return arrived.length > 2 ? undefined : gate.opened;
        },
      });
    }
    await captured.print('1');
    captured.handle.stderr.write('2');
    captured.handle.stdout.write('3');
    await settled();
    expect([captured.capture.heldBack, arrived.length]).toEqual([true, 2]);
    gates[0].open();
    await settled();
    expect([captured.capture.heldBack, arrived.length]).toEqual([true, 2]);
    gates[1].fail(new Error('a consumer reports its failures itself'));
    await settled();
    expect(captured.capture.heldBack).toBe(false);
    expect(arrived.slice(2).sort()).toEqual(['err', 'err', 'out', 'out']);
  });

  it('ends only after those who hold back', async () => {
    const captured = new Captured();
    const gate = new Gate();
    captured.capture.add({ accept: () => gate.opened });
    captured.handle.stdout.write('1');
    captured.handle.end();
    await settled();
    expect(captured.capture.hasEnded).toBe(false);
    gate.open();
    await captured.capture.ended;
  });

  it('ends when a stream fails or closes before its end', async () => {
    const captured = new Captured();
    captured.handle.stdout.destroy(new Error('ECONNRESET'));
    captured.handle.stderr.destroy();
    await captured.capture.ended;
    expect(captured.capture.hasEnded).toBe(true);
  });

  it('does not pass for whole when a stream could not be read to its end', async () => {
    const captured = new Captured();
    await captured.print('begun');
    expect(captured.capture.truncated).toBe(false);
    captured.handle.stdout.destroy(new Error('EBADF'));
    captured.handle.stderr.push(null);
    await captured.capture.ended;
    expect(captured.capture.truncated).toBe(true);
  });

  it('reports a limit at the byte after it, not at it', async () => {
    const captured = new Captured({
      stdout: { policy: 'fail', limit: 4, file: null },
      stderr: { policy: 'head', limit: 1, file: null },
    });
    await captured.print('abcd');
    await captured.print('many', 'err');
    expect(captured.limits).toEqual([]);
    await captured.print('e');
    expect(captured.limits).toEqual(['out']);
    expect(captured.capture.retained('out').text()).toBe('abcd');
  });

  it('says whether anything is missing of either stream', async () => {
    const captured = new Captured({ stderr: { policy: 'tail', limit: 2, file: null } });
    await captured.print('ab', 'err');
    expect(captured.capture.truncated).toBe(false);
    await captured.print('c', 'err');
    expect(captured.capture.truncated).toBe(true);
  });

  it('drops what comes after it was abandoned, without stopping the writer', async () => {
    const captured = new Captured();
    await captured.print('before');
    captured.capture.abandon();
    await captured.capture.ended;
    const large = Buffer.alloc(1024 * 1024);
    await new Promise((resolve) => captured.handle.stdout.write(large, resolve));
    await settled();
    expect(captured.capture.retained('out').text()).toBe('before');
    expect(captured.handle.stdout.readableLength).toBe(0);
  });

  it('closes both streams at once when told to', async () => {
    const captured = new Captured();
    captured.capture.close();
    await captured.capture.ended;
    expect(captured.handle.stdout.destroyed).toBe(true);
    expect(captured.handle.stderr.destroyed).toBe(true);
  });

  describe('gives a chunk back to the driver', () => {
    /** What comes back of four chunks, from the moment on when memory is full. */
    const returned = async (captured: Captured, consumer?: OutputConsumer): Promise<string> => {
      if (consumer !== undefined) captured.capture.add(consumer);
      for (const text of ['a', 'b', 'c', 'd']) {
        captured.handle.stdout.write(text);
        await settled();
      }
      expect(captured.capture.retained('out').text()).toBe('abcd');
      return Buffer.concat(captured.handle.recycled).toString();
    };
    const spilling = (limit: number): Captured =>
      new Captured({ stdout: { policy: 'spill', limit, file: null } });
    const accept = (): void => undefined;

    afterEach(() => {
      jest.restoreAllMocks();
    });

    it('when it has been written to disk, but not what is in memory', async () => {
      expect(await returned(spilling(0))).toBe('bcd');
      expect(await returned(spilling(2))).toBe('d');
      expect(await returned(spilling(4))).toBe('');
    });

    it('when all who have heard it need it no more', async () => {
      expect(await returned(spilling(0), { accept, copies: true })).toBe('bcd');
      expect(await returned(spilling(0), { accept })).toBe('');
    });

    it('unless somebody who holds it back may still look at it', async () => {
      const consumer: OutputConsumer = {
        copies: true,
        accept: (_, bytes) => (bytes.toString() === 'c' ? Promise.resolve() : undefined),
      };
      expect(await returned(spilling(0), consumer)).toBe('bd');
    });

    it('unless somebody else reads the stream', async () => {
      const captured = spilling(0);
      captured.handle.stdout.on('data', accept);
      expect(await returned(captured)).toBe('');
    });

    it('when a policy drops it', async () => {
      const captured = new Captured({ stdout: { policy: 'head', limit: 1, file: null } });
      for (const text of ['a', 'b', 'c']) {
        captured.handle.stdout.write(text);
        await settled();
      }
      expect(captured.handle.recycled.map(String)).toEqual(['c']);
    });

    it('but not when it could not be kept', async () => {
      const captured = spilling(0);
      jest.spyOn(SpillFile.prototype, 'append').mockImplementation(() => {
        throw Object.assign(new Error('disk'), { code: 'ENOSPC' });
      });
      captured.handle.stdout.write('a');
      captured.handle.stdout.write('b');
      await captured.end();
      expect(captured.losses).toHaveLength(1);
      expect(captured.handle.recycled).toEqual([]);
    });
  });
});
