import { mock } from 'node:test';
import timers from 'node:timers';
import { describe, expect, it } from '@jest/globals';
import { PipeWatch, type WatchedPipe } from '../../../src/output/pipe-watch.js';

/** Says what the test says. */
class HandMadeEpoll {
  readonly known = new Set<number>();
  readyNow: readonly number[] = [];
  hasRoom = true;

  add(descriptor: number): boolean {
    if (this.hasRoom) this.known.add(descriptor);
    return this.hasRoom;
  }

  remove(descriptor: number): void {
    this.known.delete(descriptor);
  }

  ready(): readonly number[] {
    return this.readyNow;
  }
}

/** Counts, and tells of one of its looks. */
class CountingPipe implements WatchedPipe {
  reads = 0;
  age = 0;
  readonly #waiting = new Map<number, () => void>();

  constructor(
    readonly descriptor: number,
    readonly onRead: () => void = () => undefined,
  ) {}

  becomesReadable(): void {
    this.reads++;
    this.onRead();
  }

  ages(): void {
    this.age++;
    this.#waiting.get(this.age)?.();
  }

  aged(times: number): Promise<void> {
    return new Promise((resolve) => this.#waiting.set(times, resolve));
  }
}

describe('the watch over pipes', () => {
  const make = () => {
    const epoll = new HandMadeEpoll();
    return { epoll, watch: new PipeWatch(epoll) };
  };

  it('lets pipes read in the order in which they became readable, and no others', () => {
    const { epoll, watch } = make();
    const order: number[] = [];
    const pipes = [3, 4, 5].map((fd) => new CountingPipe(fd, () => order.push(fd)));
    for (const pipe of pipes) watch.add(pipe);
    epoll.readyNow = [5, 3, 17];
    watch.look();
    expect(order).toEqual([5, 3]);
    for (const pipe of pipes) watch.remove(pipe);
    expect(epoll.known.size).toBe(0);
  });

  it('leaves alone one that another one has taken out in the same look', () => {
    const { epoll, watch } = make();
    const second = new CountingPipe(4);
    const first = new CountingPipe(3, () => {
      watch.remove(second);
    });
    watch.add(first);
    watch.add(second);
    epoll.readyNow = [3, 4];
    watch.look();
    expect(second.reads).toBe(0);
    watch.remove(first);
  });

  it('keeps one whose number was that of another, which is taken out once more', async () => {
    const { epoll, watch } = make();
    const gone = new CountingPipe(3);
    watch.add(gone);
    watch.remove(gone);
    const next = new CountingPipe(3);
    watch.add(next);
    // A pipe that became a socket is told to close only when its number is free again.
    watch.remove(gone);
    expect(epoll.known).toEqual(new Set([3]));
    epoll.readyNow = [3];
    await next.aged(1);
    watch.remove(next);
    expect(next.reads).toBe(1);
  });

  it('lets one read that became readable before it was added, in its order', () => {
    const { epoll, watch } = make();
    const order: number[] = [];
    for (const descriptor of [3, 4]) watch.reserve(descriptor);
    expect(epoll.known).toEqual(new Set([3, 4]));
    epoll.readyNow = [4, 3];
    watch.look();
    const pipes = [3, 4].map((fd) => new CountingPipe(fd, () => order.push(fd)));
    // No other may be added under its number.
    epoll.hasRoom = false;
    for (const pipe of pipes) expect(watch.add(pipe)).toBe(true);
    watch.look();
    expect(order).toEqual([4, 3]);
    for (const pipe of pipes) watch.remove(pipe);
    expect(epoll.known.size).toBe(0);
  });

  it('forgets one that is not added after all', () => {
    const { epoll, watch } = make();
    watch.reserve(3);
    watch.release(3);
    expect(epoll.known.size).toBe(0);
    epoll.hasRoom = false;
    expect(watch.add(new CountingPipe(3))).toBe(false);
    watch.reserve(4);
    watch.release(4);
    expect(watch.add(new CountingPipe(4))).toBe(false);
  });

  it('does not take one that the system can not watch', () => {
    const { epoll, watch } = make();
    epoll.hasRoom = false;
    const pipe = new CountingPipe(3);
    expect(watch.add(pipe)).toBe(false);
    epoll.readyNow = [3];
    watch.look();
    expect(pipe.reads).toBe(0);
  });

  it('looks by itself again and again, and lets pipes age', async () => {
    const { epoll, watch } = make();
    const pipe = new CountingPipe(3);
    epoll.readyNow = [3];
    watch.add(pipe);
    await pipe.aged(3);
    watch.remove(pipe);
    expect(pipe.reads).toBe(3);
  });

  it('goes by the real clock, whatever a test has made of it', async () => {
    const clock = mock.method(timers, 'setTimeout', () => undefined);
    const { watch } = make();
    const pipe = new CountingPipe(3);
    watch.add(pipe);
    clock.mock.restore();
    await pipe.aged(1);
    watch.remove(pipe);
    expect(pipe.age).toBe(1);
  });

  it('begins anew when there was nothing to look at', async () => {
    const { watch } = make();
    const gone = new CountingPipe(3);
    watch.add(gone);
    watch.remove(gone);
    for (const times of [1, 4]) {
      const next = new CountingPipe(4);
      watch.add(next);
      await next.aged(times);
      watch.remove(next);
    }
    expect(gone.age).toBe(0);
  });
});
