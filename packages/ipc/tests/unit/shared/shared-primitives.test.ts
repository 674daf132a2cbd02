import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connectIpc, inProcessPorts, IpcHub, type Ipc, type Session } from '@proc/ipc';
import { codeOf } from '../../support/code-of.js';

const octets = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);

describe('what threads share', () => {
  let hub: IpcHub;
  let one: Ipc;
  let other: Ipc;
  let session: Session;
  beforeEach(() => {
    hub = new IpcHub();
    [one] = connect();
    [other, session] = connect();
  });
  afterEach(() => hub.close());

  function connect(): [Ipc, Session] {
    const [mine, its] = inProcessPorts();
    const begun = hub.connect(its, { name: 'other' });
    return [connectIpc(mine), begun];
  }

  describe('a semaphore', () => {
    it('has so many holders, who are seen, and others wait for them', async () => {
      const mine = await one.shared.semaphore('s', 2);
      const its = await other.shared.semaphore('s', 2);
      const permits = [await mine.acquire(), await its.acquire()];
      expect([mine.permits, mine.available, mine.tryAcquire()]).toEqual([2, 0, undefined]);
      expect(await codeOf(mine.acquire({ timeout: 10 }))).toBe('ERR_PROC_IPC_TIMEOUT');
      const [stats] = hub.stats().primitives;
      expect(stats?.holders).toMatchObject([{ count: 1 }, { count: 1 }]);
      const next = mine.withPermit(() => mine.available);
      permits[1]?.release();
      expect(await next).toBe(0);
      permits[0]?.release();
      expect(mine.available).toBe(2);
      expect(() => permits[0]?.release()).toThrow(
        expect.objectContaining({ code: 'ERR_PROC_IPC_NOT_HELD' }),
      );
    });

    it('gets the permits of a session that is lost back, and none twice', async () => {
      const mine = await one.shared.semaphore('s', 2);
      const its = await other.shared.semaphore('s', 2);
      const lost = [await its.acquire(), await its.acquire()];
      const next = mine.acquire();
      session.close();
      await next;
      expect(mine.available).toBe(1);
      expect(() => lost[0]?.release()).toThrow(/taken away with the session/);
      expect(mine.available).toBe(1);
    });

    it('has one number of permits for all', async () => {
      await one.shared.semaphore('s', 2);
      expect(await codeOf(other.shared.semaphore('s', 3))).toBe('ERR_PROC_IPC_MISMATCH');
      expect(await codeOf(one.shared.semaphore('t', 0))).toBe('ERR_PROC_INVALID_ARGUMENT');
      expect(await codeOf(one.shared.semaphore('t', 1024))).toBe('ERR_PROC_INVALID_ARGUMENT');
    });
  });

  describe('a barrier', () => {
    it('brings its parties together, again and again', async () => {
      const [mine, its] = [await one.shared.barrier('b', 2), await other.shared.barrier('b', 2)];
      for (let round = 0; round < 600; round++) {
        const first = mine.wait();
        expect(mine.state).toEqual({ waiting: 1, broken: false });
        expect(await Promise.all([first, its.wait()])).toEqual([0, 1]);
      }
      expect(mine.state).toEqual({ waiting: 0, broken: false });
    });

    it.each([
      ['its time passes', 'timeout', { timeout: 10 }],
      ['it gives up', 'cancelled', { signal: AbortSignal.timeout(10) }],
    ])('is broken for all when of one %s, until it is reset', async (_, reason, options) => {
      const [mine, its] = [await one.shared.barrier('b', 3), await other.shared.barrier('b', 3)];
      const waits = mine.wait();
      const broken = expect(waits).rejects.toMatchObject({
        code: 'ERR_PROC_IPC_BROKEN_BARRIER',
        reason,
      });
      await codeOf(its.wait(options));
      await broken;
      expect(await codeOf(mine.wait())).toBe('ERR_PROC_IPC_BROKEN_BARRIER');
      its.reset();
      expect(await Promise.all([mine.wait(), mine.wait(), its.wait()])).toEqual([0, 1, 2]);
    });

    it('is broken by a party that is lost while it waits, and not by one that does not', async () => {
      const [mine, its] = [await one.shared.barrier('b', 3), await other.shared.barrier('b', 3)];
      const third = (await connect()[0].shared.barrier('b', 3)).wait();
      expect(await Promise.all([mine.wait(), third, its.wait()])).toEqual([1, 0, 2]);
      const waits = codeOf(its.wait());
      const [idle, idles] = connect();
      await idle.shared.barrier('b', 3);
      idles.close();
      expect(mine.state).toEqual({ waiting: 1, broken: false });
      session.close();
      expect(await waits).toBe('ERR_PROC_IPC_BROKEN_BARRIER');
      await expect(mine.wait()).rejects.toMatchObject({ reason: 'peer gone' });
    });

    it('tells who waited that it was reset, however late he looks', async () => {
      const barrier = await one.shared.barrier('b', 2);
      const waits = codeOf(barrier.wait());
      barrier.abort();
      barrier.reset();
      const again = codeOf(barrier.wait());
      barrier.reset();
      expect(await Promise.all([waits, again])).toEqual([
        'ERR_PROC_IPC_BROKEN_BARRIER',
        'ERR_PROC_IPC_BROKEN_BARRIER',
      ]);
      expect(barrier.state).toEqual({ waiting: 0, broken: false });
    });

    it('does not block the main thread, nor counts it', async () => {
      const barrier = await one.shared.barrier('b', 2);
      expect(() => barrier.waitSync(10)).toThrow(/would block the main thread/);
      expect(barrier.state).toEqual({ waiting: 0, broken: false });
    });
  });

  describe('a ring', () => {
    it('carries messages in their order, across its end, and says how full it is', async () => {
      const mine = await one.shared.ring('r', { capacity: 30 });
      const its = await other.shared.ring('r', { capacity: 30 });
      expect([mine.capacity, mine.used]).toEqual([32, 0]);
      for (let round = 0; round < 50; round++) {
        const message = octets(
          ...Array.from({ length: round % 12 }, (_, at) => (round + at) % 256),
        );
        await mine.write(message);
        await mine.write(octets(round));
        expect(mine.used).toBe(9 + message.length);
        expect(await its.read()).toEqual(message);
        expect(its.tryRead()).toEqual(octets(round));
      }
      expect(its.tryRead()).toBeUndefined();
    });

    it('holds up who writes until there is room, and gives up without having written', async () => {
      const ring = await one.shared.ring('r', { capacity: 16 });
      await ring.write(octets(1, 2, 3, 4, 5, 6, 7, 8));
      expect(ring.tryWrite(octets(9))).toBe(false);
      expect(await codeOf(ring.write(octets(9), { timeout: 10 }))).toBe('ERR_PROC_IPC_TIMEOUT');
      const waits = ring.write(octets(10));
      expect(await ring.read()).toHaveLength(8);
      await waits;
      expect(await ring.read()).toEqual(octets(10));
      expect(await codeOf(ring.write(new Uint8Array(13)))).toBe('ERR_PROC_IPC_FRAME_TOO_LARGE');
      expect(await codeOf(ring.write('text' as never))).toBe('ERR_PROC_INVALID_ARGUMENT');
    });

    it('is read to its end when it is closed, and nothing is written any more', async () => {
      const ring = await one.shared.ring('r');
      await ring.write(octets(1));
      const full = await other.shared.ring('full', { capacity: 8 });
      await full.write(octets(1, 2, 3, 4));
      const ends = [codeOf(full.write(octets(5))), codeOf(ring.read().then(() => ring.read()))];
      await ring.write(octets(2));
      for (const closing of [ring, full]) closing.close();
      expect(await Promise.all(ends)).toEqual(['ERR_PROC_IPC_CLOSED', 'no error']);
      expect(ring.isClosed).toBe(true);
      const rest: Uint8Array[] = [];
      for await (const message of full) rest.push(message);
      expect(rest).toEqual([octets(1, 2, 3, 4)]);
      expect(await codeOf(ring.read())).toBe('ERR_PROC_IPC_CLOSED');
    });

    it('has one capacity for all', async () => {
      await one.shared.ring('r');
      expect(await codeOf(other.shared.ring('r', { capacity: '64KiB' }))).toBe('no error');
      expect(await codeOf(other.shared.ring('r', { capacity: 8 }))).toBe('ERR_PROC_IPC_MISMATCH');
      expect(await codeOf(one.shared.ring('s', { capacity: 0 }))).toBe('ERR_PROC_INVALID_ARGUMENT');
    });
  });
});
