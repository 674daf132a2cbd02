import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  connectIpc,
  connectIpcSocket,
  type FramePort,
  inProcessPorts,
  IpcHub,
  listenIpc,
  processPort,
} from '@proc/ipc';
import { rawClient } from '../support/raw-client.js';

/** All that Jest can fake, and nobody lets time pass. */
describe('While a test has fake timers', () => {
  let hub: IpcHub;
  beforeEach(() => {
    jest.useFakeTimers();
    hub = new IpcHub({ heartbeat: 0 });
  });
  afterEach(async () => {
    await hub.close();
    jest.useRealTimers();
  });

  it('a client in this process has what others send, and hears that the hub is gone', async () => {
    const [mine, its] = inProcessPorts();
    hub.connect(its);
    const ipc = connectIpc(mine);
    await ipc.queue('work').put('first');
    expect(await ipc.queue('work').get()).toBe('first');
    const lost = new Promise((resolve) => {
      ipc.lost.addEventListener('abort', resolve);
    });
    await hub.close();
    await lost;
  });

  it('a client of a socket waits for another one', async () => {
    const listener = await listenIpc(hub);
    const [one, other] = await Promise.all([
      connectIpcSocket(listener),
      connectIpcSocket(listener),
    ]);
    const got = one.queue('work').get();
    await other.queue('work').put('first');
    expect(await got).toBe('first');
    await Promise.all([one.close(), other.close()]);
    await listener.close();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('a client of a socket that says nothing gives up by the real time', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'silent-'));
    const address = join(directory, 'hub.sock');
    const silent = createServer((socket) => socket.resume()).listen(address);
    await once(silent, 'listening');
    const connecting = connectIpcSocket({ address, token: 'any', timeout: 50 });
    await expect(connecting).rejects.toThrow('it has not answered within 50 ms');
    silent.close();
    rmSync(directory, { recursive: true });
  });

  it('a client of a socket that does not read is cut off by the real time', async () => {
    const listener = await listenIpc(hub);
    const client = rawClient(listener, { k: 'hello', pid: 1, name: 'slow' });
    while (hub.sessions.length === 0) await turn();
    hub.sessions[0]?.close();
    expect(jest.getTimerCount()).toBe(0);
    client.destroy();
    await listener.close();
  });

  it('whoever waits for shared memory keeps the process, and leaves no timer', async () => {
    const [mine, its] = inProcessPorts();
    hub.connect(its);
    const ipc = connectIpc(mine);
    const permits = await ipc.shared.semaphore('one', 1);
    const first = await permits.acquire();
    const second = permits.acquire();
    expect(jest.getTimerCount()).toBe(0);
    first.release();
    (await second).release();
  });

  it('a process that has no channel any more is gone', async () => {
    const end = {
      connected: false,
      send: () => true,
      on: () => end,
      off: () => end,
    } as unknown as Parameters<typeof processPort>[0];
    const port: FramePort = processPort(end);
    await new Promise<void>((resolve) => {
      port.onClose(() => resolve());
    });
  });
});
