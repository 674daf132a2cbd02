import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Ipc } from '@proc/ipc';
import { processes, type Bench, type Peer } from '../support/transports.js';

jest.setTimeout(300_000);

describe('four processes at once', () => {
  let bench: Bench;
  let peers: readonly Peer[];
  beforeAll(async () => {
    bench = await processes.open();
    peers = await Promise.all([1, 2, 3, 4].map(() => bench.peer()));
  });
  afterAll(async () => {
    await bench.close();
  });

  it('increment a value 10 000 times each, and lose none', async () => {
    const increment = async (ipc: Ipc, times: number): Promise<void> => {
      const sum = ipc.value('sum', { type: 'i64' });
      // So many are under way at once.
      const line = async (): Promise<void> => {
        for (let round = 0; round < times / 50; round++) await sum.increment(1n);
      };
      await Promise.all(Array.from({ length: 50 }, line));
    };
    await Promise.all(peers.map((peer) => peer.run(increment, 10_000)));
    expect(await bench.ipc.value('sum', { type: 'i64' }).get()).toBe(40_000n);
  });

  it('add to a value under a lock 10 000 times each, and lose none', async () => {
    const add = async (ipc: Ipc, times: number): Promise<void> => {
      const sum = ipc.value<number>('locked', { type: 'json', initial: 0 });
      for (let round = 0; round < times; round++) {
        await ipc.lock('sum').withLock(async () => sum.set((await sum.get()) + 1));
      }
    };
    await Promise.all(peers.map((peer) => peer.run(add, 10_000)));
    expect(await bench.ipc.value('locked').get()).toBe(40_000);
  });

  it('hand 100 000 items over by a queue that is often full: each once, and those of each in order', async () => {
    const COUNT = 50_000;
    const put = async (ipc: Ipc, from: number, count: number): Promise<number> => {
      const queue = ipc.queue<readonly [number, number]>('items', { maxSize: 100 });
      let full = 0;
      let under: Promise<void>[] = [];
      for (let at = 0; at < count; at++) {
        under.push(queue.put([from, at]));
        if (under.length < 200) continue;
        if (await queue.isFull()) full++;
        await Promise.all(under);
        under = [];
      }
      await Promise.all(under);
      return full;
    };
    const get = async (
      ipc: Ipc,
      share: number,
    ): Promise<readonly (readonly [number, number])[]> => {
      const queue = ipc.queue<readonly [number, number]>('items', { maxSize: 100 });
      const got: (readonly [number, number])[] = [];
      while (got.length < share) {
        const some = Math.min(100, share - got.length);
        got.push(...(await Promise.all(Array.from({ length: some }, () => queue.get()))));
      }
      return got;
    };
    const [one, other, third, fourth] = peers;
    const puts = [one!.run(put, 1, COUNT), other!.run(put, 2, COUNT)];
    const got = await Promise.all([third!.run(get, COUNT), fourth!.run(get, COUNT)]);
    expect((await Promise.all(puts)).reduce((sum, full) => sum + full)).toBeGreaterThan(0);
    const wanted = [...Array(COUNT).keys()];
    for (const from of [1, 2]) {
      const shares = got.map((items) => items.filter(([id]) => id === from).map(([, at]) => at));
      for (const share of shares) expect(share).toEqual([...share].sort((a, b) => a - b));
      expect(shares.flat().sort((a, b) => a - b)).toEqual(wanted);
    }
    expect(await bench.ipc.queue('items').size()).toBe(0);
  });
});
