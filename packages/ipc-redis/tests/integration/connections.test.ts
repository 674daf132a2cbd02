import { once } from 'node:events';
import { describe, expect, it, jest } from '@jest/globals';
import { IpcHub } from '@proc/ipc';
import { connectIpcRedis, listenIpcRedis } from '@proc/ipc-redis';
import { Redis } from 'ioredis';
import { codeOf } from '../support/code-of.js';
import { FakeRedis } from '../support/fake-redis/fake-redis.js';
import { sayWhatIsMissing, servers } from '../support/redis-server.js';
import { sitesOn } from '../support/site.js';

jest.setTimeout(60_000);

/** So long that nothing here comes to its end. */
const LONG = { lease: '30s' } as const;

describe.each(servers)('Connections to %s', (_, start) => {
  const open = sitesOn(start);

  it('may break in the middle of everything, and nothing is lost or done twice', async () => {
    const site = await open();
    await site.hub(LONG);
    const [producer, consumer] = [await site.client(LONG), await site.client(LONG)];
    const count = 600;
    const getting = (async () => {
      const got: number[] = [];
      for await (const item of consumer.queue<number>('q')) {
        got.push(item);
        await consumer.value('sum', { type: 'i32' }).increment(item);
      }
      return got;
    })();
    for (let next = 0; next < count; next += 100) {
      const batch = Array.from({ length: 100 }, (__, at) => next + at);
      const putting = batch.map((item) => producer.queue('q').put(item));
      await site.server.cut();
      await Promise.all(putting);
    }
    await producer.queue('q').close();

    expect(await getting).toEqual(Array.from({ length: count }, (__, at) => at));
    expect(await producer.value('sum', { type: 'i32' }).get()).toBe((count * (count - 1)) / 2);
  });

  it('are made again when the server has been started anew with what it had', async () => {
    const site = await open();
    await site.hub(LONG);
    const ipc = await site.client(LONG);
    const held = await ipc.lock('l').acquire();
    const waiting = ipc.queue('q').get();
    await site.server.restart();
    await ipc.queue('q').put('after');

    expect(await waiting).toBe('after');
    await held.release();
    expect(ipc.lost.aborted).toBe(false);
  });

  it('leave nothing in Redis but how many tokens there were', async () => {
    const site = await open();
    const { hub, listener } = await site.hub(LONG);
    const client = await site.client(LONG);
    for (let round = 0; round < 300; round++) await client.value('v').set(round);
    const redis = new Redis({ path: site.server.path });
    const streams = await redis.keys('proc:ipc:*:hub:*');
    expect(await redis.xlen(streams[0]!)).toBeLessThan(10);
    const session = hub.sessions.find(({ name }) => name !== 'test');
    await client.close();
    await session?.closed;
    await listener.close();

    for (;;) {
      const left = await redis.keys('proc:ipc:*');
      if (left.length > 1) continue;
      expect(left).toEqual(['proc:ipc:{default}:tokens']);
      break;
    }
    redis.disconnect();
  });

  it('have said good-bye when they are closed, should the process exit right after that', async () => {
    const site = await open();
    const { ipc } = await site.hub(LONG);
    const program = site.program('actor-program.cjs', LONG);
    expect(await program.ask("ipc.lock('l').acquire().then(() => 'held')")).toBe('held');
    // While an answer of Redis is being waited for: what is said then comes after it.
    const leaving = 'setImmediate(() => ipc.close().then(() => process.exit()))';
    program.tell(`(ipc.value('v').set(1).catch(() => 0), ${leaving}, null)`);
    await program.exited;

    // Long before its lease ends.
    expect(await ipc.lock('l').acquire({ timeout: '10s' })).toMatchObject({ abandoned: true });
  });

  it('are refused where there is no such database', async () => {
    const site = await open();
    const nowhere = { redis: { path: site.server.path, db: 99 } };

    const listening = listenIpcRedis(new IpcHub(), nowhere);
    await expect(listening).rejects.toMatchObject({
      code: 'ERR_PROC_IPC_ADDRESS',
      message: expect.stringContaining('DB index'),
    });
    expect(await codeOf(connectIpcRedis(nowhere))).toBe('ERR_PROC_IPC_REFUSED');
  });

  it('take somebody who can not take messages for nobody, and the hub goes on', async () => {
    const site = await open();
    const { hub, ipc } = await site.hub(LONG);
    const redis = new Redis({ path: site.server.path });
    const [stream] = await redis.keys('proc:ipc:*:hub:*');
    const body = Buffer.from('{"protocol":1,"maxFrame":1}');
    const hello = Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, body.length]), body]);
    const opening = Buffer.from([3, 0, 0, 0, 1, 0, 0, 0, 0]);
    await redis.xadd('proc:ipc:{default}:link:x', '*', 'begin', '');
    await redis.set('proc:ipc:{default}:lease:x', 'x');
    for (const [at, packet] of [hello, opening].entries()) {
      await redis.xadd(stream!, '*', 'l', 'x', 'n', at + 1, 'a', '0', 'p', packet, 'h', '');
    }
    redis.disconnect();
    await (await site.client(LONG)).value('v').set('heard');

    expect(await ipc.value('v').get()).toBe('heard');
    expect(hub.sessions).toHaveLength(2);
  });

  it('lead to one hub in a namespace, and to the next one when it is gone', async () => {
    const site = await open();
    const { listener, ipc } = await site.hub(LONG);
    const { token } = await ipc.lock('l').acquire();
    expect(await codeOf(site.hub(LONG))).toBe('ERR_PROC_IPC_ADDRESS');
    await site.hub({ ...LONG, namespace: 'another' });
    const next = site.hub({ ...LONG, wait: true });
    const client = await site.client(LONG);
    await listener.close();

    expect(await codeOf(client.queue('q').get())).toBe('ERR_PROC_IPC_BROKER_GONE');
    const { ipc: its } = await next;
    expect((await its.lock('l').acquire()).token).toBeGreaterThan(token);
  });

  it('are refused without the token, and what was not signed with it is not heard', async () => {
    const site = await open();
    const { ipc } = await site.hub({ ...LONG, token: 'right' });
    for (const token of [undefined, 'wrong']) {
      const refused = site.client({ ...LONG, token });
      await expect(refused).rejects.toMatchObject({
        code: 'ERR_PROC_IPC_REFUSED',
        message: expect.stringContaining('the token is wrong'),
      });
    }
    const client = await site.client({ ...LONG, token: 'right' });
    const redis = new Redis({ path: site.server.path });
    const [stream] = await redis.keys('proc:ipc:*:hub:*');
    const [lease] = await redis.keys('proc:ipc:*:lease:*');
    const link = lease!.split(':').at(-1)!;
    const bye = Buffer.from([6, 0, 0, 0, 0, 0, 0, 0, 0]);
    await redis.xadd(stream!, '*', 'l', link, 'n', '2', 'a', '1', 'p', bye, 'h', '');
    await redis.xadd(stream!, '*', 'who', 'knows');
    await redis.xadd(stream!, '*', 'l', 'new', 'n', '1', 'a', '0', 'p', 'nonsense', 'h', '');
    redis.disconnect();

    await client.value('v').set('heard');
    expect(await ipc.value('v').get()).toBe('heard');
  });
});

describe('A connection over Redis', () => {
  let fake: FakeRedis;
  const open = sitesOn(async () => (fake = await FakeRedis.start()));

  it('does nothing twice for which Redis was asked twice', async () => {
    const site = await open();
    await site.hub(LONG);
    const ipc = await site.client(LONG);
    const count = ipc.value('count', { type: 'i32' });
    for (let round = 1; round <= 20; round++) {
      for (const command of ['xadd', 'xread', 'xtrim', 'pexpire', 'mget']) {
        fake.answerNot(command);
      }
      expect(await count.increment()).toBe(round);
    }
  });

  it('is made again within the lease when it leads nowhere any more, and nobody has said so', async () => {
    const site = await open();
    const lease = 4000;
    await site.hub({ lease });
    const ipc = await site.client({ lease });
    const held = await ipc.lock('l').acquire();
    fake.freeze();

    await ipc.value('v').set('after');
    await held.release();
    expect(ipc.lost.aborted).toBe(false);
  });

  it('ends before the lease of the hub does, of which it has heard last', async () => {
    const site = await open();
    await site.hub(LONG);
    const ipc = await site.client(LONG);
    // Those of the hub: it renews its lease no more, as one that is stopped.
    fake.freeze(2);
    const redis = new Redis({ path: fake.path });
    const hub = 'proc:ipc:{default}:hub';
    await redis.pexpire(hub, 2500);
    await once(ipc.lost, 'abort');

    expect(await redis.pttl(hub)).toBeGreaterThan(0);
    redis.disconnect();
  });

  it('takes no message that is too large, and goes on', async () => {
    const site = await open();
    await site.hub(LONG);
    const ipc = await site.client(LONG);
    const large = Buffer.alloc(16 * 1024 * 1024);
    expect(await codeOf(ipc.value('v').set(large))).toBe('ERR_PROC_IPC_FRAME_TOO_LARGE');
    await ipc.value('v').set('small');

    expect(await ipc.value('v').get()).toBe('small');
  });

  it('may have a lease whose parts are no whole milliseconds', async () => {
    const site = await open();
    await site.hub({ lease: 3001.5 });
    const ipc = await site.client({ lease: 3001.5 });
    await ipc.value('v').set(1);
    expect(await ipc.value('v').get()).toBe(1);
  });

  it('keeps a program alive that waits, and no other', async () => {
    const site = await open();
    const { ipc } = await site.hub(LONG);
    const program = site.program('idle-program.cjs', LONG);
    expect(await program.line()).toBe('waiting');
    await ipc.queue('q').put('go');
    expect(await program.line()).toBe('go');
    await program.exited;
  });

  it('takes the namespace once, however often Redis is asked', async () => {
    const site = await open();
    for (const command of ['set', 'incrby', 'xadd']) {
      fake.answerNot(command);
    }
    await site.hub(LONG);
    for (const command of ['set', 'xadd', 'xadd']) fake.answerNot(command);

    const ipc = await site.client(LONG);

    expect((await ipc.stats()).sessions).toHaveLength(2);
  });

  it('is refused where there is no hub, no Redis, or nobody who answers, and given up by a signal', async () => {
    const site = await open();
    const gone = 'ERR_PROC_IPC_REFUSED';
    expect(await codeOf(site.client())).toBe(gone);
    const nowhere = { redis: { path: '/nowhere/redis.sock' } };
    expect(await codeOf(connectIpcRedis(nowhere))).toBe(gone);
    expect(await codeOf(listenIpcRedis(new IpcHub(), nowhere))).toBe('ERR_PROC_IPC_ADDRESS');

    const redis = new Redis({ path: site.server.path });
    await redis.set('proc:ipc:{default}:hub', 'a hub that is none');
    await redis.xadd('proc:ipc:{default}:hub:a hub that is none', '*', 'begin', '');
    redis.disconnect();
    expect(await codeOf(site.client({ timeout: 50 }))).toBe(gone);
    const controller = new AbortController();
    const connecting = codeOf(site.client({ signal: controller.signal }));
    controller.abort();
    expect(await connecting).toBe('ERR_PROC_IPC_CANCELLED');
    const silent = await site.silence();
    const listening = { ...silent, signal: AbortSignal.timeout(50) };
    expect(await codeOf(listenIpcRedis(new IpcHub(), listening))).toBe('ERR_PROC_IPC_CANCELLED');
    const waiting = codeOf(site.hub({ wait: true, signal: AbortSignal.timeout(50) }));
    expect(await waiting).toBe('ERR_PROC_IPC_CANCELLED');
  });
});

sayWhatIsMissing();
