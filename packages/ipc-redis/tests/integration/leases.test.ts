import { describe, expect, it, jest } from '@jest/globals';
import { codeOf } from '../support/code-of.js';
import { sayWhatIsMissing, servers } from '../support/redis-server.js';
import { sitesOn } from '../support/site.js';

// Programs are started in the tests.
jest.setTimeout(60_000);

const GONE = 'ERR_PROC_IPC_BROKER_GONE';

describe.each(servers)('Leases in %s', (_, start) => {
  const open = sitesOn(start);

  it('pass the lock of a holder that is killed on, with a word of warning and a larger token', async () => {
    const site = await open();
    const { ipc } = await site.hub();
    const holder = site.program('actor-program.cjs', { name: 'holder' });
    const token = await holder.ask("ipc.lock('l').acquire().then(({ token }) => token)");
    expect(await ipc.lock('l').tryAcquire()).toBeUndefined();
    await holder.kill();

    const held = await ipc.lock('l').acquire({ timeout: '20s' });

    expect(held.abandoned).toBe(true);
    expect(held.token).toBeGreaterThan(Number(token));
  });

  it('end the session of a process that is stopped, once; when it goes on, it is refused', async () => {
    const site = await open();
    const { ipc } = await site.hub();
    const holder = site.program('actor-program.cjs', { name: 'holder' });
    expect(await holder.ask("ipc.lock('l').acquire().then((it) => held.push(it))")).toBe(1);
    holder.signal('SIGSTOP');

    const mine = await ipc.lock('l').acquire({ timeout: '20s' });
    await ipc.value('v').set('mine');
    // It is read after it goes on, and before any timer has told it what the time is.
    holder.tell("ipc.value('v').set('stale')");
    holder.signal('SIGCONT');

    expect(await holder.line()).toBe(JSON.stringify(GONE));
    expect(await holder.ask('held[0].release()')).toBe(GONE);
    expect(await holder.ask('ipc.lost.aborted')).toBe(true);
    expect(await ipc.value('v').get()).toBe('mine');
    await mine.release();
    expect((await ipc.lock('l').acquire()).abandoned).toBe(false);
    const { names } = site.events;
    for (const name of ['IpcSessionClosed', 'IpcLockAbandoned']) {
      expect(names.filter((one) => one === name)).toEqual([name]);
    }
  });

  it('end every call when the hub is killed, before another hub begins, whose tokens are larger', async () => {
    const site = await open();
    const first = site.program('hub-program.cjs');
    expect(await first.line()).toBe('listening');
    // Its own lease is longer than that of the hub.
    const ipc = await site.client({ lease: '30s' });
    const held = await ipc.lock('l').acquire();
    const waiting = codeOf(ipc.queue('q').get());
    await first.kill();
    await site.hub({ wait: true });

    expect(ipc.lost.aborted).toBe(true);
    expect(await waiting).toBe(GONE);
    expect(await codeOf(held.release())).toBe(GONE);
    const next = await (await site.client()).lock('l').acquire();
    expect(next.token).toBeGreaterThan(held.token);
  });

  it('close a hub that is stopped and goes on when another one has taken its place', async () => {
    const site = await open();
    const first = site.program('hub-program.cjs');
    expect(await first.line()).toBe('listening');
    first.signal('SIGSTOP');
    await site.hub({ wait: true });
    first.signal('SIGCONT');

    expect(await first.line()).toBe('ERR_PROC_IPC_LEASE_LOST');
    const ipc = await site.client();
    expect((await ipc.stats()).sessions.map(({ name }) => name)).toContain('test');
  });

  it('are lost, all of them, with a Redis that has forgotten everything', async () => {
    const site = await open();
    const { hub, listener } = await site.hub();
    const ipc = await site.client();
    const waiting = codeOf(ipc.queue('q').get());
    await site.server.forget();

    expect(await waiting).toBe(GONE);
    expect(ipc.lost.reason).toMatchObject({ cause: { code: 'ERR_PROC_IPC_LINK_LOST' } });
    expect(await listener.closed).toMatchObject({ code: 'ERR_PROC_IPC_LEASE_LOST' });
    expect(hub.isClosed).toBe(true);
  });
});

sayWhatIsMissing();
