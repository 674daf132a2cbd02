import { closeSync, fstatSync, openSync, writeSync } from 'node:fs';
import { once } from 'node:events';
import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { realTime } from '@proc/core/internal';
import { Libc } from '../../../src/native/libc.js';
import { PipeOutput } from '../../../src/output/pipe-output.js';
import type { PipeWatch, WatchedPipe } from '../../../src/output/pipe-watch.js';

const libc = Libc.load();

/** A watch that looks when the test says so. */
class HandMadeWatch implements Pick<PipeWatch, 'add' | 'remove' | 'look'> {
  readonly pipes = new Set<WatchedPipe>();
  hasRoom = true;
  add(pipe: WatchedPipe): boolean {
    if (this.hasRoom) this.pipes.add(pipe);
    return this.hasRoom;
  }
  remove(pipe: WatchedPipe): void {
    this.pipes.delete(pipe);
  }
  look(): void {
    for (const pipe of [...this.pipes]) pipe.becomesReadable();
  }
  age(): void {
    for (const pipe of [...this.pipes]) pipe.ages();
  }
}

describe('the output of a program', () => {
  const writers = new Set<number>();
  const open = ({ hasRoom = true } = {}) => {
    const watch = new HandMadeWatch();
    watch.hasRoom = hasRoom;
    const { read, write } = libc.pipe();
    writers.add(write);
    const output = new PipeOutput(read, libc, watch as unknown as PipeWatch);
    const heard: string[] = [];
    const ended = once(output, 'close');
    const close = (): void => {
      writers.delete(write);
      closeSync(write);
    };
    const say = (text: string): number => writeSync(write, text);
    const listen = (): void => {
      output.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
    };
    return { output, watch, read, say, close, listen, heard, ended };
  };
  const turn = (): Promise<void> => new Promise((done) => setImmediate(done));
  const isOpen = (fd: number): boolean => {
    try {
      fstatSync(fd);
      return true;
    } catch {
      return false;
    }
  };

  afterEach(() => {
    for (const writer of writers) closeSync(writer);
    writers.clear();
  });

  it('is read to its end when the program has ended, without a socket', async () => {
    const { output, watch, read, say, close, listen, heard, ended } = open();
    listen();
    await turn();
    expect(watch.pipes.size).toBe(1);
    say('all of it');
    close();
    output.programEnds();
    // Before anything but this could have read.
    expect(heard).toEqual(['all of it']);
    await ended;
    expect(watch.pipes.size).toBe(0);
    expect(isOpen(read)).toBe(false);
  });

  it('is read before the program ends, when it is looked at', async () => {
    const { output, watch, say, close, listen, heard, ended } = open();
    listen();
    await turn();
    say('soon');
    watch.look();
    expect(heard).toEqual(['soon']);
    close();
    output.programEnds();
    await ended;
  });

  it('becomes a socket when it lasts, which tells of all that comes', async () => {
    const { output, watch, say, close, listen, heard, ended } = open();
    listen();
    await turn();
    for (let looks = 0; looks < 3; looks++) watch.age();
    expect(watch.pipes.size).toBe(0);
    say('late');
    await once(output, 'data');
    expect(heard).toEqual(['late']);
    say('r');
    close();
    output.programEnds();
    await ended;
    expect(heard.join('')).toBe('later');
  });

  it('goes on as a socket when the program has ended and another one holds it open', async () => {
    const { output, watch, read, say, close, listen, heard, ended } = open();
    listen();
    await turn();
    say('mine ');
    output.programEnds();
    expect(heard).toEqual(['mine ']);
    expect(watch.pipes.size).toBe(0);
    say('and of a descendant');
    close();
    await ended;
    expect(heard.join('')).toBe('mine and of a descendant');
    expect(isOpen(read)).toBe(false);
  });

  it('is read no further than it holds while nobody wants it, and loses nothing', async () => {
    const { output, watch, say, close, listen, heard, ended } = open();
    const large = 'x'.repeat(200_000);
    say(large);
    close();
    watch.look();
    output.programEnds();
    watch.look();
    await turn();
    expect(output.readableLength).toBeLessThan(200_000);
    listen();
    await ended;
    expect(heard.join('')).toBe(large);
  });

  it('gives its descriptor back at its end, also when nobody ever reads', async () => {
    const { output, watch, read, close, ended } = open();
    close();
    watch.look();
    expect(isOpen(read)).toBe(false);
    output.resume();
    await ended;
  });

  it('becomes a socket where there is more to read than is a turn', async () => {
    const { watch, say, listen, heard, ended, close } = open();
    listen();
    await turn();
    const four = 'x'.repeat(4 * 64 * 1024);
    say(four);
    watch.look();
    expect(heard.join('')).toBe(four);
    expect(watch.pipes.size).toBe(0);
    say('more');
    close();
    await ended;
    expect(heard.join('')).toBe(`${four}more`);
  });

  it('is a socket from the beginning where it can not be watched', async () => {
    const { watch, say, listen, heard, ended, close } = open({ hasRoom: false });
    listen();
    say('heard');
    close();
    await ended;
    expect(heard).toEqual(['heard']);
    expect(watch.pipes.size).toBe(0);
  });

  it('calls who listens in the context of the start', async () => {
    const context = new AsyncLocalStorage<string>();
    const { output, watch, say, close, ended } = context.run('of the start', () => open());
    const contexts: unknown[] = [];
    output.on('data', () => contexts.push(context.getStore()));
    await turn();
    context.run('of another', () => {
      say('first');
      watch.look();
      say('second');
      output.programEnds();
    });
    say('third');
    close();
    await ended;
    expect(contexts).toEqual(['of the start', 'of the start', 'of the start']);
  });

  it.each(['before', 'after'] as const)(
    'is read on, %s it is a socket, when a listener asks for more while it puts much back',
    async (when) => {
      const { output, watch, say, close, ended } = open();
      let all = '';
      output.once('data', (chunk: Buffer) => {
        output.pause();
        output.read(0);
        output.unshift(Buffer.concat([chunk, Buffer.alloc(100_000, '.')]));
        setImmediate(() => {
          output.on('data', (more: Buffer) => (all += more.toString())).resume();
        });
      });
      await turn();
      if (when === 'after') for (let looks = 0; looks < 3; looks++) watch.age();
      say('first');
      watch.look();
      while (all === '') await turn();
      say('second');
      close();
      output.programEnds();
      await ended;
      expect(all.replace(/\.+/, '…')).toBe('first…second');
    },
  );

  it('keeps on when a listener throws, which is an uncaught exception', async () => {
    const { output, watch, say, close, listen, heard, ended } = open();
    const thrown = new Promise((resolve) => {
      output.once('data', () => {
        // Jest has the real one for itself.
        jest.spyOn(realTime, 'nextTick').mockImplementationOnce((callback) => {
          try {
            callback();
          } catch (error) {
            resolve(error);
          }
        });
        throw new Error('by a listener');
      });
    });
    listen();
    await turn();
    say('first');
    expect(() => {
      watch.look();
    }).not.toThrow();
    expect(await thrown).toMatchObject({ message: 'by a listener' });
    say('second');
    close();
    output.programEnds();
    await ended;
    expect(heard.at(-1)).toBe('second');
  });

  it.each(['before', 'after'] as const)(
    'waits %s it is a socket while it is paused',
    async (when) => {
      const { output, watch, say, close, listen, heard, ended } = open();
      listen();
      await turn();
      if (when === 'after') for (let looks = 0; looks < 3; looks++) watch.age();
      output.pause();
      const large = 'x'.repeat(200_000);
      say(large);
      close();
      output.programEnds();
      for (let turns = 0; turns < 10; turns++) await turn();
      expect(heard).toEqual([]);
      // One chunk at most is on its way, and what a stream holds by itself.
      expect(output.readableLength).toBeLessThan(200_000);
      output.resume();
      await ended;
      expect(heard.join('')).toBe(large);
    },
  );

  it.each(['before', 'after'] as const)(
    'closes its end when it is destroyed %s it is a socket',
    async (when) => {
      const { output, watch, read, listen, ended } = open();
      listen();
      await turn();
      if (when === 'after') for (let looks = 0; looks < 3; looks++) watch.age();
      output.destroy();
      await ended;
      output.programEnds();
      while (isOpen(read)) await turn();
      expect(watch.pipes.size).toBe(0);
    },
  );

  it('fails alone when somebody has closed its descriptor', async () => {
    const { watch, read, ended } = open();
    closeSync(read);
    for (let looks = 0; looks < 3; looks++) watch.age();
    await expect(ended).rejects.toMatchObject({ code: 'ERR_INVALID_FD_TYPE' });
  });

  it('tells of an error of the system', async () => {
    const watch = new HandMadeWatch();
    // A directory can be opened, but not read.
    const output = new PipeOutput(openSync('/', 'r'), libc, watch as unknown as PipeWatch);
    const failed = once(output, 'error');
    output.resume();
    await turn();
    output.programEnds();
    const [error] = (await failed) as [NodeJS.ErrnoException];
    expect(error.code).toBe('EISDIR');
  });
});
