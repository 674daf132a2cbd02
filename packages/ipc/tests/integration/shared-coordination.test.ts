import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Ipc } from '@proc/ipc';
import { codeOf } from '../support/code-of.js';
import { threads, type Bench, type Peer } from '../support/transports.js';

jest.setTimeout(60_000);

describe('threads that share memory', () => {
  let bench: Bench;
  let peers: readonly Peer[];
  beforeAll(async () => {
    bench = await threads.open();
    peers = await Promise.all([bench.peer(), bench.peer(), bench.peer()]);
  });
  afterAll(async () => {
    await bench.close();
  });

  it('are never more within a semaphore than it has permits, though they block on it', async () => {
    const enter = async (ipc: Ipc): Promise<number> => {
      const permits = await ipc.shared.semaphore('two', 2);
      const inside = await ipc.shared.value('inside', { type: 'i32' });
      let most = 0;
      for (let round = 0; round < 5000; round++) {
        const permit = permits.acquireSync();
        most = Math.max(most, inside.increment());
        inside.increment(-1);
        permit.release();
      }
      return most;
    };
    const most = await Promise.all(peers.map((peer) => peer.run(enter)));
    expect(Math.max(...most)).toBeLessThanOrEqual(2);
    expect((await bench.ipc.shared.semaphore('two', 2)).available).toBe(2);
  });

  it('meet at a barrier that they block on: none is a round ahead', async () => {
    const meet = async (ipc: Ipc): Promise<boolean> => {
      const barrier = await ipc.shared.barrier('all', 3);
      const steps = await ipc.shared.value('steps', { type: 'i32' });
      for (let round = 1; round <= 500; round++) {
        steps.increment();
        barrier.waitSync();
        if (steps.get() !== round * 3) return false;
        barrier.waitSync();
      }
      return true;
    };
    expect(await Promise.all(peers.map((peer) => peer.run(meet)))).toEqual([true, true, true]);
  });

  it('pass octets on through a ring that is often full: each once, and those of each in order', async () => {
    const COUNT = 3000;
    const write = async (ipc: Ipc, id: number, count: number): Promise<void> => {
      const ring = await ipc.shared.ring('work', { capacity: 256 });
      for (let at = 0; at < count; at++) {
        ring.writeSync(new Uint8Array([id, at >> 8, at & 255, ...Array<number>(at % 40).fill(id)]));
      }
    };
    const read = async (ipc: Ipc): Promise<readonly [number, number, boolean][]> => {
      const ring = await ipc.shared.ring('work', { capacity: 256 });
      const seen: [number, number, boolean][] = [];
      for await (const [id = 0, high = 0, low = 0, ...rest] of ring) {
        const at = high * 256 + low;
        seen.push([id, at, rest.length === at % 40 && rest.every((octet) => octet === id)]);
      }
      return seen;
    };
    const reading = [peers[2]!.run(read), read(bench.ipc)];
    await Promise.all([peers[0]!.run(write, 1, COUNT), peers[1]!.run(write, 2, COUNT)]);
    (await bench.ipc.shared.ring('work', { capacity: 256 })).close();
    const seen = await Promise.all(reading);
    for (const id of [1, 2]) {
      const all = seen.flat().filter(([from]) => from === id);
      expect(all.every(([, , whole]) => whole)).toBe(true);
      expect(all.map(([, at]) => at).sort((a, b) => a - b)).toEqual([...Array(COUNT).keys()]);
      for (const one of seen) {
        const order = one.filter(([from]) => from === id).map(([, at]) => at);
        expect(order).toEqual([...order].sort((a, b) => a - b));
      }
    }
  });

  it('that are terminated leave permits, barriers and rings to the others', async () => {
    const { shared } = bench.ipc;
    const permits = await shared.semaphore('left', 1);
    const barrier = await shared.barrier('left', 2);
    const ring = await shared.ring('left', { capacity: 64 });
    const victim = await bench.peer();
    const blocked = codeOf(
      victim.run(async (ipc) => {
        const mine = await ipc.shared.barrier('left', 2);
        const end = await ipc.shared.ring('left', { capacity: 64 });
        (await ipc.shared.semaphore('left', 1)).acquireSync();
        end.writeSync(new Uint8Array([7]));
        mine.waitSync();
      }),
    );
    expect(await ring.read()).toEqual(new Uint8Array([7]));
    while (barrier.state.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
    const next = permits.acquire();
    await victim.kill();
    (await next).release();
    await expect(barrier.wait()).rejects.toMatchObject({ reason: 'peer gone' });
    expect(ring.tryWrite(new Uint8Array(60))).toBe(true);
    expect(await blocked).toBe('ERR_PROC_IPC_PEER_GONE');
  });

  it('that are terminated at any moment leave no half message, and no permit behind', async () => {
    const { shared } = bench.ipc;
    const permits = await shared.semaphore('any moment', 2);
    const ring = await shared.ring('any moment', { capacity: 1024 });
    const victims = await Promise.all(Array.from({ length: 6 }, () => bench.peer()));
    const runs = victims.map((victim, id) =>
      codeOf(
        victim.run(async (ipc, writer) => {
          const mine = await ipc.shared.semaphore('any moment', 2);
          const end = await ipc.shared.ring('any moment', { capacity: 1024 });
          for (let at = 0; ; at++) {
            const permit = mine.acquireSync();
            end.writeSync(
              new Uint8Array([writer, at & 255, ...Array<number>(at % 90).fill(writer)]),
            );
            permit.release();
          }
        }, id),
      ),
    );
    const next = new Map<number, number>();
    const look = (bytes: Uint8Array): void => {
      const [writer = 0, at = 0, ...rest] = bytes;
      expect(at).toBe((next.get(writer) ?? 0) & 255);
      expect(rest).toEqual(Array((next.get(writer) ?? 0) % 90).fill(writer));
      next.set(writer, (next.get(writer) ?? 0) + 1);
    };
    for (const victim of victims) {
      for (let count = 0; count < 300; count++) look(await ring.read());
      // They go on meanwhile.
      const gone = victim.kill();
      for (let count = 0; count < 5; count++) {
        const bytes = ring.tryRead();
        if (bytes !== undefined) look(bytes);
      }
      await gone;
    }
    for (let bytes = ring.tryRead(); bytes !== undefined; bytes = ring.tryRead()) look(bytes);
    expect(await Promise.all(runs)).toEqual(victims.map(() => 'ERR_PROC_IPC_PEER_GONE'));
    expect([permits.available, ring.used]).toEqual([2, 0]);
    expect(ring.tryWrite(new Uint8Array(1020))).toBe(true);
  });
});
