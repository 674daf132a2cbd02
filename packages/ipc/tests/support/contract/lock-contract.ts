import { expect, it } from '@jest/globals';
import { codeOf } from '../code-of.js';
import { waiting } from '../waiting.js';
import type { Team } from './team.js';

/** What locks and their like do. */
export function describeLocks(team: Team): void {
  it('has one holder at a time, and passes on in the order of asking', async () => {
    const { a, b, ipc, name } = team;
    const held = await ipc.lock(name).acquire();
    const take = async (its: typeof ipc, lockName: string): Promise<number> =>
      its.lock(lockName).withLock(({ token }) => token);
    const first = a.run(take, name);
    await waiting(ipc, 'lock', name, 1);
    const second = b.run(take, name);
    await waiting(ipc, 'lock', name, 2);

    expect(await ipc.lock(name).tryAcquire()).toBeUndefined();
    await held.release();
    const tokens = [held.token, await first, await second];

    // Each token is larger than the one before.
    expect(tokens).toEqual([...tokens].sort((x, y) => x - y));
    expect(await codeOf(held.release())).toBe('ERR_PROC_IPC_NOT_HELD');
  });

  it('passes on the lock of a holder that is killed, with a word of warning and a larger token', async () => {
    const { a, ipc, name } = team;
    const victim = await team.victim();
    const token = await victim.run(
      async (its, lockName) => (await its.lock(lockName).acquire()).token,
      name,
    );
    const next = a.run(async (its, lockName) => {
      const held = await its.lock(lockName).acquire();
      const { token: mine, abandoned } = held;
      await held.release();
      return { mine, abandoned };
    }, name);
    await waiting(ipc, 'lock', name);
    await victim.kill();

    const { mine, abandoned } = await next;

    expect(abandoned).toBe(true);
    expect(mine).toBeGreaterThan(token);
    const after = await ipc.lock(name).acquire();
    expect(after.abandoned).toBe(false);
    await after.release();
  });

  it('lets nobody but the holder release', async () => {
    const { a, b, ipc, name } = team;
    const token = await a.run(
      async (its, lockName) => (await its.lock(lockName).acquire()).token,
      name,
    );
    const refused = await b.run(
      (its, lockName, held) => {
        const { connection } = its.lock(lockName) as unknown as {
          connection: { request(op: string, name: string, ask: object): Promise<unknown> };
        };
        return connection
          .request('lock.release', lockName, { args: [held] })
          .catch((error: unknown) => (error as { code: unknown }).code);
      },
      name,
      token,
    );

    expect(refused).toBe('ERR_PROC_IPC_NOT_HELD');
    expect(await ipc.lock(name).tryAcquire()).toBeUndefined();
  });

  it('forgets a waiter that is killed, or gives up', async () => {
    const { a, ipc, name } = team;
    const victim = await team.victim();
    const held = await ipc.lock(name).acquire();
    const gone = victim
      .run((its, lockName) => its.lock(lockName).withLock(() => 1), name)
      .catch(() => 'gone');
    await waiting(ipc, 'lock', name);
    const late = a.run(
      (its, lockName) =>
        its
          .lock(lockName)
          .acquire({ timeout: 20 })
          .catch((error: unknown) => (error as { code: unknown }).code),
      name,
    );
    expect(await late).toBe('ERR_PROC_IPC_TIMEOUT');
    await victim.kill();
    await held.release();

    expect(await gone).toBe('gone');
    await ipc.lock(name).withLock(({ abandoned }) => {
      expect(abandoned).toBe(false);
    });
  });

  it('lets a scope that holds a reentrant lock in again, and no other', async () => {
    const { a, ipc, name } = team;
    const result = await a.run(async (its, lockName) => {
      const lock = its.lock(lockName, { reentrant: true });
      return lock.withLock(async () => {
        const inner = await lock.withLock(() => 'inside', { timeout: 5000 });
        return [inner, await its.lock(lockName).tryAcquire()];
      });
    }, name);
    const others = await a.run(async (its, lockName) => {
      const lock = its.lock(lockName, { reentrant: true });
      const held = await its.scope(() => lock.acquire());
      const other = [await its.scope(() => lock.tryAcquire()), await lock.tryAcquire()];
      await held.release();
      return other;
    }, name);

    expect(result).toEqual(['inside', undefined]);
    expect(others).toEqual([undefined, undefined]);
    expect(await ipc.lock(name).tryAcquire()).toBeDefined();
  });

  it('refuses the last of those who would wait for one another for ever', async () => {
    const { a, b, name } = team;
    const take = async (its: typeof team.ipc, first: string, second: string): Promise<unknown> =>
      its
        .lock(first)
        .withLock(async () => {
          await its.event(`${first} held`).set();
          await its.event(`${second} held`).wait();
          return its.lock(second).withLock(() => 'both');
        })
        .catch((caught: unknown) => {
          const error = caught as { code: unknown; cycle: readonly unknown[] };
          return [error.code, error.cycle.length];
        });
    const outcomes = await Promise.all([
      a.run(take, `${name} x`, `${name} y`),
      b.run(take, `${name} y`, `${name} x`),
    ]);

    expect(outcomes).toContainEqual('both');
    expect(outcomes).toContainEqual(['ERR_PROC_IPC_DEADLOCK', 2]);
  });

  it('lets many read, and one write', async () => {
    const { a, b, ipc, name } = team;
    const reading = await ipc.rwlock(name).read();
    const other = await a.run(
      (its, lockName) => its.rwlock(lockName).withRead(() => 'read too'),
      name,
    );
    const writing = b.run((its, lockName) => its.rwlock(lockName).withWrite(() => 'written'), name);
    await waiting(ipc, 'rwlock', name);
    expect(other).toBe('read too');
    // A reader that comes after a writer waits for it.
    expect(await codeOf(ipc.rwlock(name).read({ timeout: 0 }))).toBe('ERR_PROC_IPC_TIMEOUT');
    await reading.release();

    expect(await writing).toBe('written');
    await ipc.rwlock(name).withWrite(async () => {
      expect(await codeOf(ipc.scope(() => ipc.rwlock(name).read({ timeout: 20 })))).toBe(
        'no error',
      );
    });
  });

  it('gives the permits of who is killed back', async () => {
    const { ipc, name } = team;
    const victim = await team.victim();
    const semaphore = ipc.semaphore(name, 3);
    await victim.run(async (its, semaphoreName) => {
      await its.semaphore(semaphoreName, 3).acquire({ permits: 2 });
    }, name);
    expect(await semaphore.available()).toBe(1);
    const two = semaphore.acquire({ permits: 2 });
    await waiting(ipc, 'semaphore', name);
    await victim.kill();

    const held = await two;
    expect(await semaphore.available()).toBe(1);
    expect(await codeOf(ipc.semaphore(name, 2).acquire())).toBe('ERR_PROC_IPC_MISMATCH');
    await held.release();
    expect(await codeOf(semaphore.acquire({ permits: 4 }))).toBe('ERR_PROC_INVALID_ARGUMENT');
  });

  it('brings the parties of a barrier together, and breaks it when one is killed', async () => {
    const { a, b, ipc, name } = team;
    const meet = (its: typeof ipc, barrier: string): Promise<unknown> =>
      its
        .barrier(barrier, 3)
        .wait()
        .catch((caught: unknown) => {
          const error = caught as { code: unknown; reason: unknown };
          return [error.code, error.reason];
        });
    const first = [a.run(meet, name), b.run(meet, name)];
    await waiting(ipc, 'barrier', name, 2);
    const last = await ipc.barrier(name, 3).wait();
    expect([...(await Promise.all(first)), last].sort()).toEqual([0, 1, 2]);

    const victim = await team.victim();
    const survivor = a.run(meet, name);
    const lost = victim.run(meet, name).catch(() => undefined);
    await waiting(ipc, 'barrier', name, 2);
    await victim.kill();
    await lost;

    expect(await survivor).toEqual(['ERR_PROC_IPC_BROKEN_BARRIER', 'peer gone']);
    expect(await b.run(meet, name)).toEqual(['ERR_PROC_IPC_BROKEN_BARRIER', 'peer gone']);
    await ipc.barrier(name, 3).reset();
    expect(await ipc.barrier(name, 3).state()).toEqual({ waiting: 0, broken: false });
  });
}
