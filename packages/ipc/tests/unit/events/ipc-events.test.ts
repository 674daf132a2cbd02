import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { connectIpc, inProcessPorts, IpcHub, type Ipc, type Session } from '@proc/ipc';
import { codeOf } from '../../support/code-of.js';
import { HandMadeClock } from '../../support/hand-made-clock.js';
import { RecordingEvents } from '../../support/recording-events.js';
import { SilentPort } from '../../support/silent-port.js';
import { waiting } from '../../support/waiting.js';

function failing(message: string): never {
  throw new Error(message);
}

describe('what a hub tells of', () => {
  let told: RecordingEvents;
  let clock: HandMadeClock;
  let hub: IpcHub;
  let ipc: Ipc;

  beforeEach(() => {
    told = new RecordingEvents();
    clock = new HandMadeClock();
    hub = new IpcHub({ clock, heartbeat: 1000, events: () => told.dispatcher });
    ipc = connect('test').ipc;
  });
  afterEach(() => hub.close());

  function connect(name: string): { readonly ipc: Ipc; readonly session: Session } {
    const [mine, its] = inProcessPorts();
    const session = hub.connect(its);
    return { ipc: connectIpc(mine, { name }), session };
  }

  it('are sessions that open and close, with what they leave', async () => {
    const other = connect('other');
    await other.ipc.lock('a').acquire();
    await other.ipc.serve('f', () => 1);
    expect(told.names).toEqual(['IpcSessionOpened', 'IpcSessionOpened']);
    const session = { id: other.session.id, name: 'other', pid: process.pid };
    expect(told.events.at(-1)).toMatchObject({ session });
    other.session.close();
    expect(told.last('IpcSessionClosed')).toMatchObject({ session, releasedCount: 2 });
  });

  it('are no sessions that never said who they are, and none twice', () => {
    const [silent, twice] = [new SilentPort(), new SilentPort()];
    for (const port of [silent, twice]) hub.connect(port);
    for (const name of ['one', 'renamed']) twice.say({ k: 'hello', name, pid: 12 });
    for (const port of [silent, twice]) port.close();
    const session = { pid: 12 };
    const opened = { name: 'IpcSessionOpened', session: { ...session, name: 'one' } };
    const closed = { name: 'IpcSessionClosed', session: { ...session, name: 'renamed' } };
    expect(told.events.slice(1)).toMatchObject([opened, closed]);
  });

  it.each([
    ['throws', () => failing('told')],
    ['rejects', () => Promise.reject(new Error('told'))],
  ])('is warned of, and harms no session, when a dispatcher %s', async (_, dispatch) => {
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
    jest.spyOn(told.dispatcher, 'dispatch').mockImplementation(dispatch);
    const other = connect('other');
    await other.ipc.lock('a').acquire();
    other.session.close();
    expect(await ipc.lock('a').acquire()).toMatchObject({ abandoned: true });
    expect(warn.mock.calls.map(([message]) => message)).toContain(
      'A listener of IpcSessionClosed failed: told',
    );
    warn.mockRestore();
  });

  it('are sessions that stop answering, and answer again', async () => {
    await ipc.event('e').isSet();
    for (let beat = 0; beat < 4; beat++) clock.pass(1000);
    expect(told.last('IpcSessionUnresponsive')).toMatchObject({ session: { name: 'test' } });
    await ipc.event('e').isSet();
    expect(told.last('IpcSessionResponsive')).toMatchObject({ session: { name: 'test' } });
    expect(hub.sessions.map(({ state }) => state)).toEqual(['alive']);
  });

  it('are locks whose holders are lost, and no permits or readers', async () => {
    const victim = connect('victim');
    const { token } = await victim.ipc.lock('a').acquire();
    const writer = await victim.ipc.rwlock('b').write();
    await victim.ipc.rwlock('c').read();
    await victim.ipc.semaphore('s').acquire();
    const shared = (await victim.ipc.shared.lock('d')).tryAcquire();
    victim.session.close();
    const abandoned = told.events.filter(({ name }) => name === 'IpcLockAbandoned');
    expect(abandoned).toHaveLength(3);
    const session = { name: 'victim' };
    expect(abandoned).toEqual([
      expect.objectContaining({ kind: 'shared.lock', lock: 'd', token: shared?.token }),
      expect.objectContaining({ kind: 'rwlock', lock: 'b', token: writer.token }),
      expect.objectContaining({ kind: 'lock', lock: 'a', token }),
    ]);
    expect(abandoned).toMatchObject([{ session }, { session }, { session }]);
    expect(told.names.at(-1)).toBe('IpcSessionClosed');
  });

  it('are items that go to the dead letters', async () => {
    const jobs = ipc.queue<string>('jobs', { ack: 'manual', maxDeliveries: 1 });
    await jobs.put('poison');
    await (await jobs.get()).retry();
    expect(told.last('IpcMessageDeadLettered')).toMatchObject({
      queue: 'jobs',
      deliveries: 1,
      reason: 'returned',
    });
  });

  it('are barriers that break, once each time', async () => {
    const barrier = ipc.barrier('b', 3);
    const ends = [codeOf(barrier.wait()), codeOf(barrier.wait())];
    await waiting(ipc, 'barrier', 'b', 2);
    await barrier.abort();
    await barrier.abort();
    await Promise.all(ends);
    const broken = told.events.filter(({ name }) => name === 'IpcBarrierBroken');
    expect(broken).toMatchObject([{ barrier: 'b', reason: 'aborted' }]);
  });

  it('are deadlocks that were refused', async () => {
    const [one, other] = [ipc.scope(), ipc.scope()];
    await one.lock('a').acquire();
    await other.lock('b').acquire();
    const waits = codeOf(one.lock('b').acquire());
    expect(await codeOf(other.lock('a').acquire())).toBe('ERR_PROC_IPC_DEADLOCK');
    expect(told.last('IpcDeadlockRefused')).toMatchObject({
      cycle: [{ lock: 'lock "a"' }, { lock: 'lock "b"' }],
    });
    await hub.close();
    await waits;
  });

  it('are no reason for a session not to end, when they can not be told', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
    const failing = new IpcHub({
      events: () => {
        throw new Error('no dispatcher');
      },
    });
    const [mine, its] = inProcessPorts();
    const session = failing.connect(its);
    await connectIpc(mine).lock('a').acquire();
    session.close();
    await session.closed;
    expect(failing.sessions).toEqual([]);
    await failing.close();
    expect(warn.mock.calls.map(([message]) => message)).toContain(
      'A listener of IpcSessionClosed failed: no dispatcher',
    );
    warn.mockRestore();
  });
});
