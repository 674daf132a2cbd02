import { expect, it } from '@jest/globals';
import { codeOf } from '../code-of.js';
import { waiting } from '../waiting.js';
import type { Team } from './team.js';

/** What queues do, whoever is at their ends. */
export function describeQueues(team: Team): void {
  it('gives items to another process in the order in which they were put, as what they were', async () => {
    const { a, b, name } = team;
    await a.run(async (ipc, queue) => {
      for (const item of [1, 'two', { three: [3] }, new Map([['four', 4n]])]) {
        await ipc.queue(queue).put(item);
      }
    }, name);

    const got = await b.run(async (ipc, queue) => {
      const items: unknown[] = [];
      while (!(await ipc.queue(queue).isEmpty())) items.push(await ipc.queue(queue).get());
      return [
        items.length,
        items[0],
        items[1],
        items[2],
        (items[3] as Map<string, bigint>).get('four'),
      ];
    }, name);

    expect(got).toEqual([4, 1, 'two', { three: [3] }, 4n]);
  });

  it('holds up who puts into a full queue, until there is a place', async () => {
    const { a, ipc, name } = team;
    const queue = ipc.queue<number>(name, { maxSize: 1 });
    const putting = a.run(async (its, queueName) => {
      const full = its.queue(queueName, { maxSize: 1 });
      await full.put(1);
      await full.put(2);
      return 'both';
    }, name);
    await waiting(ipc, 'queue', name);

    expect([await queue.size(), await queue.isFull(), await queue.tryPut(3)]).toEqual([
      1,
      true,
      false,
    ]);
    expect([await queue.get(), await putting, await queue.get()]).toEqual([1, 'both', 2]);
    expect(await queue.tryGet()).toBeUndefined();
  });

  it('gives up when the time has passed or the signal aborts, and loses no item by it', async () => {
    const { a, ipc, name } = team;
    const codes = await a.run(async (its, queueName) => {
      const codes: unknown[] = [];
      const full = its.queue(queueName, { maxSize: 1 });
      const code = (error: { code: unknown }): void => void codes.push(error.code);
      await full.get({ timeout: 20 }).catch(code);
      const controller = new AbortController();
      const getting = full.get({ signal: controller.signal }).catch(code);
      controller.abort();
      await getting;
      await full.get({ signal: controller.signal }).catch(code);
      await full.put('kept');
      await full.put('late', { timeout: 20 }).catch(code);
      return codes;
    }, name);

    const { primitives } = await ipc.stats();
    expect(primitives.find((one) => one.name === name)?.waiters).toEqual([]);
    expect(codes).toEqual([
      'ERR_PROC_IPC_TIMEOUT',
      'ERR_PROC_IPC_CANCELLED',
      'ERR_PROC_IPC_CANCELLED',
      'ERR_PROC_IPC_TIMEOUT',
    ]);
    expect([await ipc.queue(name).get(), await ipc.queue(name).size()]).toEqual(['kept', 0]);
  });

  it('gives what was not acknowledged to the next, first of all, when its getter is killed', async () => {
    const { ipc, name } = team;
    const victim = await team.victim();
    const queue = ipc.queue<string>(name, { ack: 'manual' });
    for (const item of ['a', 'b', 'c', 'd']) await queue.put(item);
    await victim.run(async (its, queueName) => {
      const manual = its.queue<string>(queueName, { ack: 'manual' });
      const [done] = [await manual.get(), await manual.get(), await manual.get()];
      await done.ack();
    }, name);
    await victim.kill();

    const seen: unknown[] = [];
    for (const _ of 'bcd') {
      const delivery = await queue.get();
      seen.push([delivery.value, delivery.deliveries]);
      await delivery.ack();
    }

    expect(seen).toEqual([
      ['b', 2],
      ['c', 2],
      ['d', 1],
    ]);
  });

  it('puts an item that was given out in vain too often to the dead letters', async () => {
    const { ipc, name } = team;
    const options = { ack: 'manual', maxDeliveries: 2 } as const;
    const queue = ipc.queue<string>(name, options);
    await queue.put('poison');
    await queue.put('fine');
    await (await queue.get()).retry();
    const victim = await team.victim();
    await victim.run(async (its, queueName) => {
      await its.queue(queueName, { ack: 'manual', maxDeliveries: 2 }).get();
    }, name);
    await victim.kill();

    const dead = await ipc.queue(queue.deadLetters).get();

    expect(dead).toEqual({ value: 'poison', deliveries: 2, reason: 'peer gone' });
    const fine = await queue.get();
    await fine.bury('of no use');
    expect(await codeOf(fine.ack())).toBe('ERR_PROC_IPC_NOT_HELD');
    expect(await ipc.queue(queue.deadLetters).get()).toMatchObject({
      value: 'fine',
      reason: 'of no use',
    });
  });

  it('ends loops when it is closed and empty, and refuses to take more', async () => {
    const { a, ipc, name } = team;
    const queue = ipc.queue<number>(name);
    const loop = a.run(async (its, queueName) => {
      const items: unknown[] = [];
      for await (const item of its.queue(queueName)) items.push(item);
      return items;
    }, name);
    await queue.put(1);
    await queue.put(2);
    await queue.close();

    expect(await loop).toEqual([1, 2]);
    expect(await codeOf(queue.put(3))).toBe('ERR_PROC_IPC_CLOSED');
    await queue.delete();
    await queue.put(4);
    await queue.put(5);
    expect([await queue.clear(), await queue.size()]).toEqual([2, 0]);
  });

  it('neither loses nor doubles any of many items between several ends', async () => {
    const { a, b, ipc, name } = team;
    const half = team.many / 2;
    const put = async (
      its: typeof ipc,
      queueName: string,
      from: number,
      to: number,
    ): Promise<void> => {
      const queue = its.queue<number>(queueName, { maxSize: 500 });
      for (let next = from; next < to; next += 100) {
        const batch = Array.from({ length: Math.min(100, to - next) }, (_, at) => next + at);
        await Promise.all(batch.map((item) => queue.put(item)));
      }
    };
    const get = async (its: typeof ipc, queueName: string): Promise<number[]> => {
      const got: number[] = [];
      const loop = async (): Promise<void> => {
        for await (const item of its.queue<number>(queueName, { maxSize: 500 })) got.push(item);
      };
      await Promise.all(Array.from({ length: 50 }, loop));
      return got;
    };
    const getting = [a.run(get, name), b.run(get, name)];
    await Promise.all([a.run(put, name, 0, half), b.run(put, name, half, team.many)]);
    await ipc.queue(name).close();

    const all = (await Promise.all(getting)).flat();

    expect(all).toHaveLength(team.many);
    expect(new Set(all).size).toBe(team.many);
  });
}
