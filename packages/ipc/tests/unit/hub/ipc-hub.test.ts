import { describe, expect, it } from '@jest/globals';
import { InvalidArgumentError } from '@proc/core';
import { connectIpc, inProcessPorts, IpcHub } from '@proc/ipc';
import { codeOf } from '../../support/code-of.js';
import { HandMadeClock } from '../../support/hand-made-clock.js';
import { SilentPort } from '../../support/silent-port.js';

describe('IpcHub', () => {
  it('lets time pass as its clock says, and leaves no timer behind', () => {
    const clock = new HandMadeClock();
    const hub = new IpcHub({ clock, heartbeat: 0 });
    const port = new SilentPort();
    hub.connect(port);
    port.say({ k: 'req', id: 1, op: 'queue.get', name: 'q', t: 1000 });
    port.say({ k: 'req', id: 2, op: 'event.wait', name: 'e', t: 5000 });
    clock.pass(999);
    expect(port.sent).toEqual([]);

    clock.pass(1);
    port.say({ k: 'req', id: 3, op: 'event.set', name: 'e' });

    expect(port.sent).toEqual([
      { k: 'ret', id: 1, e: { code: 'timeout', timeoutMs: 1000 } },
      { k: 'ret', id: 2 },
      { k: 'ret', id: 3 },
    ]);
    expect(clock.timers).toBe(0);
  });

  it.each([
    [{ k: 'req', id: 1, op: 'queue.nothing', name: 'q' }, /no operation 'queue.nothing'/],
    [{ k: 'req', id: 1, op: 'queue.constructor', name: 'q' }, /no operation/],
    [{ k: 'req', id: 1, op: 'eval.run', name: 'q' }, /no kind of primitives 'eval'/],
    [{ k: 'req', id: 1, op: '__proto__.get', name: 'q' }, /no kind/],
    [{ k: 'req', id: 1, op: 'queue.put', name: '' }, /A name is a text/],
    [{ k: 'req', id: 1, op: 'queue.put', name: 'q', o: { maxSize: 0 } }, /maxSize/],
    [{ k: 'req', id: 1, op: 'lock.acquire', name: 'q', a: [5] }, /scope is a text/],
    [{ k: 'req', id: 1, op: 'semaphore.acquire', name: 'q', a: [-1] }, /permits to acquire/],
    [{ k: 'req', id: 1, op: 'barrier.wait', name: 'q' }, /parties/],
    [{ k: 'req', id: 1, op: 'channel.subscribe', name: 'q', a: [0, 0, 'fail'] }, /buffer/],
    [{ k: 'req', id: 1, op: 'channel.subscribe', name: 'q', a: [0, 1, 'x'] }, /overflow/],
    [{ k: 'req', id: 1, op: 'rpc.serve', name: 'q', a: [0] }, /concurrency/],
    [{ k: 'req', id: 1, op: 'value.get', name: 'q', o: { type: 'u8' } }, /is one of i32/],
  ])('refuses the request %j, and goes on', (frame, message) => {
    const hub = new IpcHub({ heartbeat: 0 });
    const port = new SilentPort();
    hub.connect(port);

    port.say(frame);
    port.say({ k: 'req', id: 2, op: 'event.isSet', name: 'e' });

    expect(port.sent).toEqual([
      { k: 'ret', id: 1, e: { code: 'invalid', message: expect.stringMatching(message) } },
      { k: 'ret', id: 2, v: false },
    ]);
    expect(hub.stats().primitives).toEqual([]);
  });

  it.each([
    undefined,
    null,
    5,
    'text',
    {},
    { k: 7 },
    { k: 'hello', pid: 1 },
    { k: 'cancel', id: 9 },
  ])('is not harmed by the frame %j', (frame) => {
    const hub = new IpcHub({ heartbeat: 0 });
    const port = new SilentPort();
    hub.connect(port);
    port.say(frame);
    expect(port.sent).toEqual([]);
  });

  it('counts the time of a call from when it was made, also when it had to wait for its server', () => {
    const clock = new HandMadeClock();
    const hub = new IpcHub({ clock, heartbeat: 0 });
    const [server, caller] = [new SilentPort(), new SilentPort()];
    hub.connect(server);
    hub.connect(caller);
    server.say({ k: 'req', id: 1, op: 'rpc.serve', name: 'f', a: [1] });
    caller.say({ k: 'req', id: 1, op: 'rpc.call', name: 'f', a: [] });
    caller.say({ k: 'req', id: 2, op: 'rpc.call', name: 'f', a: [], t: 1000 });
    clock.pass(600);
    server.say({ k: 'ret', id: 1, v: 'first' });
    expect(server.sent.filter(({ k }) => k === 'call')).toHaveLength(2);

    clock.pass(400);

    expect(caller.sent).toEqual([
      { k: 'ret', id: 1, v: 'first' },
      { k: 'ret', id: 2, e: { code: 'timeout', timeoutMs: 1000 } },
    ]);
    expect(server.sent.at(-1)).toEqual({ k: 'drop', id: 2 });
  });

  it('ignores an answer that comes when nobody waits for it any more, and goes on with the next call', () => {
    const clock = new HandMadeClock();
    const hub = new IpcHub({ clock, heartbeat: 0 });
    const [server, caller] = [new SilentPort(), new SilentPort()];
    hub.connect(server);
    hub.connect(caller);
    server.say({ k: 'req', id: 1, op: 'rpc.serve', name: 'f', a: [1] });
    caller.say({ k: 'req', id: 1, op: 'rpc.call', name: 'f', a: ['slow'], t: 1000 });
    caller.say({ k: 'req', id: 2, op: 'rpc.call', name: 'f', a: ['next'] });
    clock.pass(1000);
    const called = (): readonly unknown[] =>
      server.sent.filter(({ k }) => k === 'call').map(({ a }) => a);
    // It still runs, and takes only one at a time.
    expect(called()).toEqual([['slow']]);

    server.say({ k: 'ret', id: 1, v: 'late' });
    server.say({ k: 'ret', id: 1, v: 'once more' });
    server.say({ k: 'ret', id: 2, v: 'in time' });

    expect(called()).toEqual([['slow'], ['next']]);
    expect(caller.sent).toEqual([
      { k: 'ret', id: 1, e: { code: 'timeout', timeoutMs: 1000 } },
      { k: 'ret', id: 2, v: 'in time' },
    ]);
  });

  it('ends a call that runs where it is served no more, when that session is lost', () => {
    const hub = new IpcHub({ heartbeat: 0 });
    const [server, caller] = [new SilentPort(), new SilentPort()];
    hub.connect(server, { name: 'server' });
    hub.connect(caller);
    server.say({ k: 'req', id: 1, op: 'rpc.serve', name: 'f', a: [1] });
    caller.say({ k: 'req', id: 1, op: 'rpc.call', name: 'f', a: [] });
    server.say({ k: 'req', id: 2, op: 'rpc.unserve', name: 'f' });
    server.close();

    expect(caller.sent).toEqual([{ k: 'ret', id: 1, e: { code: 'peer-gone', peer: 'server' } }]);
  });

  it('keeps an item that the channel of its getter can not carry', () => {
    const hub = new IpcHub({ heartbeat: 0 });
    const [rich, poor] = [new SilentPort(), new SilentPort()];
    hub.connect(rich);
    hub.connect(poor);
    const send = poor.send.bind(poor);
    poor.send = (frame) => {
      if ((frame as { v?: unknown }).v !== undefined) throw new Error('too rich');
      send(frame);
    };
    poor.say({ k: 'req', id: 1, op: 'queue.get', name: 'q' });
    rich.say({ k: 'req', id: 1, op: 'queue.put', name: 'q', a: ['gem'] });
    poor.say({ k: 'req', id: 2, op: 'queue.receive', name: 'q' });
    rich.say({ k: 'req', id: 2, op: 'queue.get', name: 'q' });

    const e = { code: 'invalid', message: 'The outcome can not be sent: too rich' };
    expect(poor.sent).toEqual([
      { k: 'ret', id: 1, e },
      { k: 'ret', id: 2, e },
    ]);
    expect(rich.sent.at(-1)).toEqual({ k: 'ret', id: 2, v: { value: 'gem' } });
  });

  it('is not taken for the end of a queue, when the connection is closed in a loop over it', async () => {
    const hub = new IpcHub({ heartbeat: 0 });
    const [mine, its] = inProcessPorts();
    hub.connect(its);
    const ipc = connectIpc(mine);
    const loop = codeOf(
      (async () => {
        for await (const _item of ipc.queue('q')) await ipc.stats();
      })(),
    );
    await ipc.close();
    expect(await loop).toBe('ERR_PROC_IPC_CLOSED');
  });

  it('forgets locks, events and channels that nobody uses, whatever they are called', async () => {
    const hub = new IpcHub({ heartbeat: 0 });
    const [mine, its] = inProcessPorts();
    hub.connect(its);
    const ipc = connectIpc(mine);
    for (let user = 0; user < 20; user++) {
      await ipc.lock(`user ${user}`).withLock(() => undefined);
      await ipc.event(`user ${user}`).wait({ timeout: 0 });
      await ipc.semaphore(`user ${user}`, 2).withPermit(() => undefined);
      await ipc.channel(`user ${user}`).publish(1);
      await codeOf(ipc.call(`user ${user}`));
    }

    expect(hub.stats().primitives).toEqual([]);
    await hub.close();
  });

  it('takes nobody in after it has been closed', async () => {
    const hub = new IpcHub();
    await hub.close();
    const [mine, its] = inProcessPorts();

    const session = hub.connect(its);

    expect(session.state).toBe('gone');
    expect(await codeOf(connectIpc(mine).event('e').set())).toBe('ERR_PROC_IPC_BROKER_GONE');
  });

  it('is not stopped by a listener that throws', async () => {
    const hub = new IpcHub({
      onSession: () => {
        throw new Error('mistake');
      },
    });
    const [mine, its] = inProcessPorts();
    hub.connect(its);
    await connectIpc(mine).event('e').set();
    await hub.close();
    expect(hub.sessions).toEqual([]);
  });

  it.each([
    ['a list', { op: 'lock.acquire', a: 5 }],
    ['the value of a queue', { op: 'queue.put', a: -1 }],
  ])('refuses a request without %s, and goes on', async (_, request) => {
    const hub = new IpcHub();
    const port = new SilentPort();
    hub.connect(port);

    port.say({ k: 'req', id: 1, name: 'n', ...request });
    port.say({ k: 'req', id: 2, name: 'n', op: 'event.set' });

    expect(port.sent).toMatchObject([
      { k: 'ret', id: 1, e: { code: 'invalid' } },
      { k: 'ret', id: 2 },
    ]);
    expect(port.sent[1]).not.toHaveProperty('e');
    await hub.close();
  });

  it('gives larger tokens than it is told, and never smaller ones', async () => {
    const hub = new IpcHub({ heartbeat: 0 });
    const [mine, its] = inProcessPorts();
    hub.connect(its);
    const lock = connectIpc(mine).lock('l');
    const tokens: number[] = [];
    for (const above of [0, 1000, 5]) {
      hub.raiseTokens(above);
      tokens.push(await lock.withLock(({ token }) => token));
    }

    expect(tokens).toEqual([1, 1001, 1002]);
    expect(hub.lastToken).toBe(1002);
    for (const bad of [-1, 1.5, '7', undefined] as never[]) {
      expect(() => hub.raiseTokens(bad)).toThrow(InvalidArgumentError);
    }
    await hub.close();
  });

  it('leaves a message alone that is no request', async () => {
    const hub = new IpcHub();
    const port = new SilentPort();
    hub.connect(port);

    port.say({ k: 'req', url: '/index.html' });

    expect(port.sent).toEqual([]);
    await hub.close();
  });

  it.each([[null], [5], [{ code: 'nonsense' }], [{ code: 'deadlock' }], [{ code: 'remote' }]])(
    'gives a caller nothing but what a function has thrown, even where %p is said',
    async (fault) => {
      const hub = new IpcHub({ heartbeat: 0 });
      const [caller, server] = [new SilentPort(), new SilentPort()];
      hub.connect(caller);
      hub.connect(server);
      server.say({ k: 'req', id: 1, op: 'rpc.serve', name: 'f', a: [1] });
      caller.say({ k: 'req', id: 1, op: 'rpc.call', name: 'f' });

      server.say({ k: 'ret', id: 1, e: fault });

      expect(caller.sent).toEqual([
        { k: 'ret', id: 1, e: { code: 'remote', error: { name: 'Error', message: 'undefined' } } },
      ]);
      await hub.close();
    },
  );
});
