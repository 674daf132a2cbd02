import { expect, it } from '@jest/globals';
import { codeOf } from '../code-of.js';
import { waiting } from '../waiting.js';
import type { Team } from './team.js';

/** What channels and calls do. */
export function describeMessages(team: Team): void {
  it('brings a message to all who listen, and what was before to who asks for it', async () => {
    const { a, b, ipc, name } = team;
    const channel = ipc.channel<number>(name, { history: 2 });
    for (const message of [1, 2, 3]) await channel.publish(message);
    const listen = async (
      its: typeof ipc,
      channelName: string,
      replay: number,
    ): Promise<unknown[]> => {
      const subscription = await its.channel<number>(channelName).subscribe({ replay });
      await its.event(`${channelName} ${replay}`).set();
      const seen: number[] = [];
      for await (const message of subscription) {
        if (message === 0) break;
        seen.push(message);
      }
      return seen;
    };
    const listening = [a.run(listen, name, 0), b.run(listen, name, 9)];
    await ipc.event(`${name} 0`).wait();
    await ipc.event(`${name} 9`).wait();

    expect(await channel.publish(4)).toBe(2);
    await channel.publish(0);
    expect(await Promise.all(listening)).toEqual([[4], [2, 3, 4]]);
  });

  it('lets no slow listener hold others up', async () => {
    const { a, ipc, name } = team;
    const slow = await ipc.channel<number>(name).subscribe({ buffer: 2 });
    const strict = await ipc.channel<number>(name).subscribe({ buffer: 2, overflow: 'fail' });
    const newest = await ipc
      .channel<number>(name)
      .subscribe({ buffer: 2, overflow: 'drop-newest' });
    await a.run(async (its, channelName) => {
      for (const message of [1, 2, 3, 4, 5]) await its.channel(channelName).publish(message);
    }, name);

    expect([await slow.next(), await slow.next(), slow.dropped]).toEqual([4, 5, 3]);
    expect([await newest.next(), await newest.next(), newest.dropped]).toEqual([1, 2, 3]);
    expect([await strict.next(), await strict.next()]).toEqual([1, 2]);
    expect(await codeOf(strict.next())).toBe('ERR_PROC_IPC_OVERFLOW');
    await Promise.all([slow.close(), strict.close(), newest.close()]);
    expect(await codeOf(slow.next())).toBe('ERR_PROC_IPC_CLOSED');
  });

  it('forgets a listener that is killed', async () => {
    const { ipc, name } = team;
    const victim = await team.victim();
    await victim.run(async (its, channelName) => {
      await its.channel(channelName).subscribe();
    }, name);
    expect(await ipc.channel(name).publish(1)).toBe(1);
    await victim.kill();
    await gone(team, victim.name);

    expect(await ipc.channel(name).publish(2)).toBe(0);
  });

  it('brings each of a thousand calls at once its own answer', async () => {
    const { a, ipc, name } = team;
    await a.run(async (its, functionName) => {
      const heldBack: (() => void)[] = [];
      await its.serve(functionName, async (value: number) => {
        if (value % 3 === 0 && value < 999) {
          // Answered after the next one: not in the order of asking.
          await new Promise<void>((resolve) => heldBack.push(resolve));
        }
        for (const answer of heldBack.splice(0).reverse()) answer();
        return value * 2;
      });
    }, name);
    const values = Array.from({ length: 1000 }, (_, value) => value);

    const answers = await Promise.all(values.map((value) => ipc.call(name, [value])));

    expect(answers).toEqual(values.map((value) => value * 2));
  });

  it('tells of a call what went wrong: an error, no time, no server, a killed server', async () => {
    const { a, ipc, name } = team;
    const victim = await team.victim();
    await victim.run(async (its, base) => {
      await its.serve(`${base} throws`, () => {
        throw Object.assign(new RangeError('too far', { cause: new Error('why') }), {
          code: 'E_FAR',
        });
      });
      await its.serve(`${base} hangs`, (_args: unknown, { signal }: { signal: AbortSignal }) => {
        signal.addEventListener('abort', () => {
          its
            .event(`${base} aborted`)
            .set()
            .catch(() => undefined);
        });
        return new Promise(() => undefined);
      });
      await its.serve(`${base} strange`, () => () => undefined);
    }, name);

    await expect(ipc.call(`${name} throws`)).rejects.toMatchObject({
      code: 'ERR_PROC_IPC_REMOTE_CALL',
      message: expect.stringContaining('RangeError: too far'),
      remoteName: 'RangeError',
      remoteCode: 'E_FAR',
      cause: expect.objectContaining({ message: 'why' }),
    });
    expect(await codeOf(ipc.call(`${name} strange`))).toBe('ERR_PROC_IPC_REMOTE_CALL');
    expect(await codeOf(ipc.call(`${name} hangs`, [1], { timeout: 50 }))).toBe(
      'ERR_PROC_IPC_TIMEOUT',
    );
    await ipc.event(`${name} aborted`).wait();
    expect(await codeOf(ipc.call(`${name} nobody`))).toBe('ERR_PROC_IPC_NOT_SERVED');
    const dying = a.run(
      (its, functionName) =>
        its.call(functionName, [1]).catch((caught: unknown) => {
          const error = caught as { code: unknown; peer: unknown };
          return [error.code, error.peer];
        }),
      `${name} hangs`,
    );
    await waiting(ipc, 'rpc', `${name} hangs`, 2);
    await victim.kill();

    expect(await dying).toEqual(['ERR_PROC_IPC_PEER_GONE', victim.name]);
  });

  it('says who holds and who waits, and gives all back when the session ends', async () => {
    const { hub, ipc, name } = team;
    const victim = await team.victim();
    await victim.run(async (its, lockName) => {
      await its.lock(lockName).acquire();
      its
        .lock(lockName)
        .acquire()
        .catch(() => undefined);
      its.progress({ done: 3 });
    }, name);
    await waiting(ipc, 'lock', name);
    const { sessions, primitives } = await ipc.stats();
    const stats = primitives.find((one) => one.kind === 'lock' && one.name === name);

    expect(stats?.holders).toMatchObject([{ sessionName: victim.name, count: 1 }]);
    expect(stats?.waiters).toMatchObject([{ sessionName: victim.name, operation: 'lock.acquire' }]);
    expect(sessions).toContainEqual(expect.objectContaining({ name: victim.name, state: 'alive' }));
    const session = hub.sessions.find((one) => one.name === victim.name);
    await victim.kill();
    await session?.closed;
    expect(session?.state).toBe('gone');
  });
}

async function gone({ hub }: Team, name: string): Promise<void> {
  await hub.sessions.find((session) => session.name === name)?.closed;
}
