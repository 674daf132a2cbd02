import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Reaper } from '../../../src/exit/reaper.js';
import type { Libc } from '../../../src/native/libc.js';

describe('the reaper', () => {
  /** By pid: what `waitpid` says of it next. */
  const statuses = new Map<number, number | 'lost'>();
  const asked: number[] = [];
  /** The order in which the system names those that have ended. */
  const named: number[] = [];
  let reaper: Reaper;
  let before: NodeJS.SignalsListener[];

  beforeEach(() => {
    before = process.listeners('SIGCHLD');
    const reap = (pid: number): number | undefined | 'lost' => {
      asked.push(pid);
      const status = statuses.get(pid);
      statuses.delete(pid);
      return status;
    };
    const endedChild = (): number | undefined => named.find((pid) => statuses.has(pid));
    reaper = new Reaper({ reap, endedChild } as unknown as Libc);
    reaper.listen();
  });
  afterEach(() => {
    statuses.clear();
    asked.length = 0;
    named.length = 0;
    for (const listener of process.listeners('SIGCHLD')) {
      if (!before.includes(listener)) process.off('SIGCHLD', listener);
    }
  });

  const watch = (pid: number, since = reaper.listen()) => reaper.ended(pid, { since, holds: true });
  const end = (pid: number, status: number | 'lost'): void => {
    statuses.set(pid, status);
  };

  it('tells each end when a signal has arrived, and asks for its own pids only', async () => {
    const ends = [watch(11), watch(12)];
    end(11, 0x300);
    end(12, 9);
    end(99, 0);
    process.emit('SIGCHLD', 'SIGCHLD');
    expect(await Promise.all(ends)).toEqual([
      { exitCode: 3, signal: null },
      { exitCode: null, signal: 'SIGKILL' },
    ]);
    expect(statuses.has(99)).toBe(true);
  });

  describe('where many run', () => {
    let ends: Promise<unknown>[];
    const all = [11, 12, 13, 14, 15];

    beforeEach(() => {
      ends = all.map((pid) => watch(pid));
      asked.length = 0;
    });
    afterEach(async () => {
      for (const pid of all) end(pid, 0);
      process.emit('SIGCHLD', 'SIGCHLD');
      await Promise.all(ends);
    });
    const signal = (): readonly number[] => {
      process.emit('SIGCHLD', 'SIGCHLD');
      return asked.splice(0);
    };

    it('asks for those alone that the system names', () => {
      named.push(14, 12);
      end(12, 0);
      end(14, 0);
      expect(signal()).toEqual([14, 12]);
    });

    it("asks for each where the first that the system names is somebody else's", () => {
      named.push(99, 14);
      end(99, 0);
      end(14, 0);
      expect(signal()).toEqual(all);
      expect(statuses.has(99)).toBe(true);
    });

    it('asks for each where the system names none: some may be lost', async () => {
      end(13, 'lost');
      expect(signal()).toEqual(all);
      expect(await ends[2]).toEqual({ exitCode: -1, signal: null });
    });

    it('tells of one that somebody else has reaped while others started and ended', async () => {
      signal();
      let told: unknown;
      void ends[2]?.then((exit) => {
        told = exit;
      });
      const some = Array.from({ length: 1000 }, (_, index) => 1000 + index);
      for (const [index, pid] of some.entries()) {
        if (told !== undefined) break;
        ends.push(watch(pid));
        // The timer of a time without signals is gone by then.
        if (index === 0) end(13, 'lost');
        named.push(pid);
        end(pid, 0);
        signal();
        await setTimeout(10);
      }
      expect(told).toEqual({ exitCode: -1, signal: null });
    });

    it('asks for each where one that is named can not be reaped', () => {
      named.push(14);
      statuses.set(14, undefined as unknown as number);
      const first = signal();
      expect(first).toEqual([14, ...all]);
    });
  });

  it('tells an end without any signal', async () => {
    const ended = watch(11);
    end(11, 0);
    expect(await ended).toEqual({ exitCode: 0, signal: null });
  });

  it('looks at once when there is a sign of an end, as long as no signal has been seen', async () => {
    const ended = watch(11);
    end(11, 0x100);
    reaper.look(11);
    expect(asked).toEqual([11]);
    expect(await ended).toEqual({ exitCode: 1, signal: null });
    const second = watch(12);
    process.emit('SIGCHLD', 'SIGCHLD');
    asked.length = 0;
    reaper.look(12);
    expect(asked).toEqual([]);
    end(12, 0);
    process.emit('SIGCHLD', 'SIGCHLD');
    await second;
  });

  it('looks soon when a signal has arrived between the start and the wait', async () => {
    process.emit('SIGCHLD', 'SIGCHLD');
    const since = reaper.listen();
    end(11, 0x200);
    process.emit('SIGCHLD', 'SIGCHLD');
    const ended = watch(11, since);
    // Whoever gets the process has to be able to listen first.
    expect(asked).toEqual([]);
    await new Promise((turn) => setImmediate(turn));
    expect(asked).toEqual([11]);
    expect(await ended).toEqual({ exitCode: 2, signal: null });
  });

  it('does not wait for ever for what somebody else has reaped', async () => {
    const ended = watch(11);
    end(11, 'lost');
    process.emit('SIGCHLD', 'SIGCHLD');
    expect(await ended).toEqual({ exitCode: -1, signal: null });
  });

  it('listens once, and again when its listener has been removed', () => {
    const own = (): number => process.listenerCount('SIGCHLD') - before.length;
    reaper.listen();
    expect(own()).toBe(1);
    process.removeAllListeners('SIGCHLD');
    reaper.listen();
    expect(process.listenerCount('SIGCHLD')).toBe(1);
    for (const listener of before) process.on('SIGCHLD', listener);
  });

  it('lets go of its listener when there is nothing more to wait for', async () => {
    const ended = watch(11);
    end(11, 0);
    process.emit('SIGCHLD', 'SIGCHLD');
    await ended;
    while (process.listenerCount('SIGCHLD') > before.length) await setTimeout(10);
  });

  it('lets go of its listener when nothing has come of a start', async () => {
    reaper.listen();
    while (process.listenerCount('SIGCHLD') > before.length) await setTimeout(10);
  });

  it('looks for what may have ended while it did not listen', async () => {
    process.emit('SIGCHLD', 'SIGCHLD');
    const since = reaper.listen();
    process.removeAllListeners('SIGCHLD');
    for (const listener of before) process.on('SIGCHLD', listener);
    end(11, 0x200);
    const ended = watch(11, since);
    await new Promise((turn) => setImmediate(turn));
    expect(asked).toEqual([11]);
    expect(await ended).toEqual({ exitCode: 2, signal: null });
  });

  it('keeps this process alive only for those that hold it', async () => {
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const idle = timers();
    const detached = reaper.ended(11, { since: reaper.listen(), holds: false });
    expect(timers()).toBe(idle);
    const ended = watch(12);
    expect(timers()).toBe(idle + 1);
    end(12, 0);
    process.emit('SIGCHLD', 'SIGCHLD');
    await ended;
    expect(timers()).toBe(idle);
    end(11, 0);
    process.emit('SIGCHLD', 'SIGCHLD');
    await detached;
  });
});
