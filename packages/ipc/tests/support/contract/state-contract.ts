import { expect, it } from '@jest/globals';
import { waiting } from '../waiting.js';
import type { Team } from './team.js';

/** What values and events do. */
export function describeStates(team: Team): void {
  it('shares a value of a type, and refuses what is not of it', async () => {
    const { a, b, ipc, name } = team;
    await ipc.value(name, { type: 'i32', initial: 5 }).get();
    const seen = await a.run(async (its, valueName) => {
      const value = its.value(valueName, { type: 'i32' });
      const found = await value.get();
      await value.set(7);
      const refused = await value
        .set(1.5)
        .catch((error: unknown) => (error as { code: unknown }).code);
      const other = await its
        .value(valueName, { type: 'bool' })
        .get()
        .catch((error: unknown) => (error as { code: unknown }).code);
      return [found, refused, other];
    }, name);

    expect(seen).toEqual([5, 'ERR_PROC_INVALID_ARGUMENT', 'ERR_PROC_IPC_MISMATCH']);
    expect(await b.run((its, valueName) => its.value(valueName).get(), name)).toBe(7);
  });

  it('changes a value only if it is as expected', async () => {
    const { a, ipc, name } = team;
    const value = ipc.value<{ readonly n: number }>(name, { initial: { n: 1 } });
    await value.get();
    const done = await a.run(async (its, valueName) => {
      const mine = its.value<{ readonly n: number }>(valueName);
      return [
        await mine.compareAndSet({ n: 2 }, { n: 3 }),
        await mine.compareAndSet({ n: 1 }, { n: 3 }),
      ];
    }, name);

    expect(done).toEqual([false, true]);
    expect(await value.update(({ n }) => ({ n: n * 2 }))).toEqual({ n: 6 });
    // Another's change comes between.
    const seen: number[] = [];
    await value.update(async ({ n }) => {
      if (seen.push(n) === 1) {
        await a.run((its, valueName) => its.value(valueName).set({ n: 100 }), name);
      }
      return { n: n + 1 };
    });
    expect([seen, await value.get()]).toEqual([[6, 100], { n: 101 }]);
  });

  it('counts exactly when several increment, update, or count under a lock', async () => {
    const { a, b, name } = team;
    const rounds = Math.min(500, team.many);
    const count = async (its: typeof team.ipc, base: string, times: number): Promise<void> => {
      const sum = its.value(`${base} sum`, { type: 'i64' });
      const locked = its.value(`${base} locked`, { type: 'i32' });
      const updated = its.value(`${base} updated`, { type: 'f64' });
      const adding = Array.from({ length: times }, () => sum.increment());
      for (let round = 0; round < times; round++) {
        await its.lock(base).withLock(async () => locked.set((await locked.get()) + 1));
        if (round % 10 === 0) await updated.update((value) => value + 1);
      }
      await Promise.all(adding);
    };
    await Promise.all([a.run(count, name, rounds), b.run(count, name, rounds)]);

    const { ipc } = team;
    expect(await ipc.value(`${name} sum`, { type: 'i64' }).get()).toBe(BigInt(2 * rounds));
    expect(await ipc.value(`${name} locked`, { type: 'i32' }).get()).toBe(2 * rounds);
    expect(await ipc.value(`${name} updated`, { type: 'f64' }).get()).toBe((2 * rounds) / 10);
  });

  it('tells who watches a value of its changes', async () => {
    const { a, ipc, name } = team;
    const value = ipc.value(name, { type: 'i32', initial: 1 });
    await value.get();
    const watching = a.run(async (its, valueName) => {
      const seen: number[] = [];
      for await (const current of its.value(valueName, { type: 'i32' }).watch()) {
        seen.push(current);
        if (current === 3) break;
      }
      return seen;
    }, name);
    await waiting(ipc, 'value', name);
    await value.set(2);
    await waiting(ipc, 'value', name);
    await value.set(3);

    expect(await watching).toEqual([1, 2, 3]);
  });

  it('lets all go on who wait for an event, and says when the time has passed', async () => {
    const { a, b, ipc, name } = team;
    const event = ipc.event(name);
    const wait = (its: typeof ipc, eventName: string): Promise<boolean> =>
      its.event(eventName).wait();

    expect(await a.run((its, eventName) => its.event(eventName).wait({ timeout: 20 }), name)).toBe(
      false,
    );
    const both = [a.run(wait, name), b.run(wait, name)];
    await waiting(ipc, 'event', name, 2);
    expect(await event.isSet()).toBe(false);
    await event.set();

    expect(await Promise.all(both)).toEqual([true, true]);
    expect(await a.run(wait, name)).toBe(true);
    await event.clear();
    const pulsed = b.run(wait, name);
    await waiting(ipc, 'event', name);
    expect([await event.pulse(), await pulsed, await event.isSet()]).toEqual([1, true, false]);
  });
}
