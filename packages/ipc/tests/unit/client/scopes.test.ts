import { afterEach, describe, expect, it } from '@jest/globals';
import { connectIpc, inProcessPorts, IpcHub, type Ipc } from '@proc/ipc';

describe('a connection as a scope of its own', () => {
  let hub: IpcHub;
  afterEach(() => hub.close());

  function connect(): Ipc {
    hub = new IpcHub();
    const [mine, its] = inProcessPorts();
    hub.connect(its);
    return connectIpc(mine);
  }

  it('enters its own locks again, wherever it asks, and no other scope does', async () => {
    const ipc = connect();
    const [one, other] = [ipc.scope(), ipc.scope()];
    const held = await one.lock('a', { reentrant: true }).acquire();
    const again = await Promise.resolve().then(() => one.lock('a', { reentrant: true }).acquire());
    expect(again.token).toBe(held.token);
    expect(await other.lock('a', { reentrant: true }).tryAcquire()).toBeUndefined();
    expect(await ipc.lock('a', { reentrant: true }).tryAcquire()).toBeUndefined();
  });

  it('has scopes within it, and is in those around it', async () => {
    const ipc = connect();
    const inner = (around: Ipc): Promise<number> =>
      around.scope(async () => (await around.lock('a', { reentrant: true }).acquire()).token);
    const own = ipc.scope();
    const { token } = await own.lock('a', { reentrant: true }).acquire();
    expect(await inner(own)).toBe(token);
    await ipc.scope(async () => {
      const held = await ipc.lock('b', { reentrant: true }).acquire();
      const within = await ipc.scope().lock('b', { reentrant: true }).acquire();
      expect(within.token).toBe(held.token);
    });
  });

  it('is not in the scope of another connection that it is used in', async () => {
    const ipc = connect();
    const own = ipc.scope();
    const { token } = await own.lock('a', { reentrant: true }).acquire();
    const held = await ipc.scope(() => own.lock('a', { reentrant: true }).acquire());
    expect(held.token).toBe(token);
  });

  it('finds a deadlock with another', async () => {
    const ipc = connect();
    const [one, other] = [ipc.scope(), ipc.scope()];
    await one.lock('a').acquire();
    await other.lock('b').acquire();
    const waiting = one.lock('b').acquire();
    await expect(other.lock('a').acquire()).rejects.toMatchObject({ name: 'DeadlockError' });
    await other.close();
    await expect(waiting).rejects.toMatchObject({ name: 'IpcClosedError' });
  });

  it('serves a name once with the others of its connection', async () => {
    const ipc = connect();
    await ipc.serve('f', () => 'from ipc');
    await expect(ipc.scope().serve('f', () => 1)).rejects.toMatchObject({
      name: 'IpcMismatchError',
    });
    expect(await ipc.scope().call('f')).toBe('from ipc');
  });
});
