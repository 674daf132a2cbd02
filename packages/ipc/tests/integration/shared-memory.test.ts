import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Ipc } from '@proc/ipc';
import { codeOf } from '../support/code-of.js';
import { mostListeners } from '../support/most-listeners.js';
import { processes, threads, type Bench, type Peer } from '../support/transports.js';

jest.setTimeout(60_000);

describe('memory that threads share', () => {
  let bench: Bench;
  let peers: readonly Peer[];
  beforeAll(async () => {
    bench = await threads.open();
    peers = await Promise.all([bench.peer(), bench.peer()]);
  });
  afterAll(async () => {
    await bench.close();
  });

  it('counts exactly when threads increment at once, or count under a lock that they block on', async () => {
    const count = async (ipc: Ipc, times: number): Promise<void> => {
      const sum = await ipc.shared.value('sum', { type: 'i32' });
      const locked = await ipc.shared.value('locked', { type: 'f64' });
      const lock = await ipc.shared.lock('count');
      for (let round = 0; round < times; round++) {
        sum.increment();
        const held = lock.acquireSync();
        locked.set(locked.get() + 1);
        held.release();
      }
    };
    await Promise.all(peers.map((peer) => peer.run(count, 20_000)));

    const { shared } = bench.ipc;
    expect((await shared.value('sum', { type: 'i32' })).get()).toBe(40_000);
    expect((await shared.value('locked', { type: 'f64' })).get()).toBe(40_000);
  });

  it('passes on the lock of a thread that is terminated while it blocks, with a word of warning', async () => {
    const victim = await bench.peer();
    const lock = await bench.ipc.shared.lock('abandoned');
    const before = await lock.acquire();
    before.release();
    const event = await bench.ipc.shared.event('it holds');
    const blocked = codeOf(
      victim.run(async (ipc) => {
        const mine = await ipc.shared.lock('abandoned');
        mine.acquireSync();
        (await ipc.shared.event('it holds')).set();
        (await ipc.shared.event('never')).waitSync();
      }),
    );
    await event.wait();
    expect(lock.tryAcquire()).toBeUndefined();
    const { primitives } = bench.hub.stats();
    const stats = primitives.find(({ name }) => name === 'lock abandoned');
    expect(stats?.holders).toMatchObject([{ sessionName: victim.name }]);
    const next = lock.acquire();
    await victim.kill();

    const held = await next;

    expect(held.abandoned).toBe(true);
    expect(held.token).toBeGreaterThan(before.token + 1);
    held.release();
    expect(() => held.release()).toThrow(
      expect.objectContaining({ code: 'ERR_PROC_IPC_NOT_HELD' }),
    );
    await lock.withLock(({ abandoned }) => {
      expect(abandoned).toBe(false);
    });
    expect(await blocked).toBe('ERR_PROC_IPC_PEER_GONE');
  });

  it('wakes threads by an event, blocked or not, and says when the time has passed', async () => {
    const event = await bench.ipc.shared.event('go');
    expect(await event.wait({ timeout: 20 })).toBe(false);
    const [blocked, waiting] = [
      peers[0]!.run(async (ipc) => {
        const mine = await ipc.shared.event('go');
        const early = mine.waitSync(20);
        await ipc.event('about to block').set();
        return [early, mine.waitSync()];
      }),
      peers[1]!.run(async (ipc) => (await ipc.shared.event('go')).wait()),
    ];
    await bench.ipc.event('about to block').wait();
    event.set();

    expect([await blocked, await waiting]).toEqual([[false, true], true]);
    event.clear();
    expect(event.isSet).toBe(false);
  });

  it('gives up by signal and by time, and blocks no main thread', async () => {
    const lock = await bench.ipc.shared.lock('busy');
    const held = lock.tryAcquire();
    const controller = new AbortController();
    const waiting = codeOf(lock.acquire({ signal: controller.signal }));
    controller.abort();

    expect(await waiting).toBe('ERR_PROC_IPC_CANCELLED');
    expect(await codeOf(lock.acquire({ timeout: 10 }))).toBe('ERR_PROC_IPC_TIMEOUT');
    const sync = async (): Promise<unknown> => lock.acquireSync(1000);
    expect(await codeOf(sync())).toBe('ERR_PROC_INVALID_ARGUMENT');
    held?.[Symbol.dispose]();
    expect(lock.acquireSync().abandoned).toBe(false);
  });

  it('refuses a signal that is none before it waits, and lets many wait with one', async () => {
    const { shared } = bench.ipc;
    const [lock, event] = [await shared.lock('signalled'), await shared.event('signalled')];
    const wrong = { signal: 'stop' as unknown as AbortSignal };
    expect(await codeOf(lock.acquire(wrong))).toBe('ERR_PROC_INVALID_ARGUMENT');
    expect(await codeOf(event.wait(wrong))).toBe('ERR_PROC_INVALID_ARGUMENT');
    const controller = new AbortController();
    const waiting = codeOf(event.wait({ signal: controller.signal }));
    expect(mostListeners(controller.signal)).toBe(0);
    controller.abort();
    expect(await waiting).toBe('ERR_PROC_IPC_CANCELLED');
  });

  it('has values of a type', async () => {
    const { shared } = bench.ipc;
    const big = await shared.value('big', { type: 'i64', initial: 5n });
    const flag = await shared.value('flag', { type: 'bool' });
    expect([
      big.increment(2),
      big.compareAndSet(6n, 1n),
      big.compareAndSet(7n, 1n),
      big.get(),
    ]).toEqual([7n, false, true, 1n]);
    expect([flag.get(), flag.update((value) => !value)]).toEqual([false, true]);
    expect(() => (big as { set(value: unknown): void }).set(1.5)).toThrow(/64 bits/);
    expect(await codeOf(shared.value('big', { type: 'i32' }))).toBe('ERR_PROC_IPC_MISMATCH');
    expect(await codeOf(shared.value('new', { type: 'i32', initial: 0.5 }))).toBe(
      'ERR_PROC_INVALID_ARGUMENT',
    );
  });

  it('is refused to another process', async () => {
    const other = await processes.open();
    const peer = await other.peer();
    const outcome = await peer.run((ipc) =>
      ipc.shared.lock('l').catch((error: unknown) => (error as Error).message),
    );
    expect(outcome).toMatch(/can not be sent/);
    await other.close();
  });
});
