import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  connectIpc,
  connectIpcSocket,
  inProcessPorts,
  type Ipc,
  IpcHub,
  type IpcListener,
  IpcSessionClosed,
  listenIpc,
  type ListenOptions,
} from '@proc/ipc';
import { codeOf } from '../support/code-of.js';
import { useFakeRealTime, useRealTime } from '../support/fake-real-time.js';
import { rawClient } from '../support/raw-client.js';
import { RecordingEvents } from '../support/recording-events.js';

const LARGE = 'x'.repeat(60_000);

describe('A client of a socket that does not read', () => {
  let events: RecordingEvents;
  let hub: IpcHub;
  let listener: IpcListener;
  let ipc: Ipc;
  let client: Socket | undefined;
  beforeEach(async () => {
    events = new RecordingEvents();
    hub = new IpcHub({ heartbeat: 0, events: () => events.dispatcher });
    const [mine, its] = inProcessPorts();
    hub.connect(its);
    ipc = connectIpc(mine);
    listener = await listenIpc(hub, { maxFrame: '64KiB', maxUnread: '1MiB' });
  });
  afterEach(async () => {
    client?.destroy();
    await listener.close();
    await hub.close();
  });

  const request = (id: number, op: string, name: string, ...a: unknown[]) => ({
    k: 'req',
    id,
    op,
    name,
    a,
  });

  it('is not asked for more, and gets all that it has asked for once it reads', async () => {
    await ipc.value('large', { initial: LARGE }).get();
    const asked = Array.from({ length: 100 }, (_, id) => request(id + 2, 'value.get', 'large'));
    client = rawClient(
      listener,
      request(1, 'event.set', 'begun'),
      ...asked,
      request(999, 'event.set', 'all'),
    );
    await ipc.event('begun').wait();
    expect(await ipc.event('all').isSet()).toBe(false);

    let bytes = 0;
    client.on('data', (chunk: Buffer) => (bytes += chunk.length)).resume();
    await ipc.event('all').wait();
    // The answer to the last request, which is small, comes after all others.
    while (bytes < 100 * LARGE.length) await once(client, 'data');
    expect(hub.sessions).toHaveLength(2);
  });

  it('is cut off, and told why, when others send it too much', async () => {
    client = rawClient(
      listener,
      { k: 'hello', pid: 1, name: 'slow' },
      request(1, 'rpc.serve', 'work', Infinity),
      request(2, 'event.set', 'served'),
    );
    await ipc.event('served').wait();
    const calls = Array.from({ length: 50 }, () => codeOf(ipc.call('work', [LARGE])));
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['ERR_PROC_IPC_PEER_GONE']));
    const closed = events.last('IpcSessionClosed') as IpcSessionClosed;
    expect(closed).toMatchObject({
      session: { name: 'slow' },
      reason: {
        code: 'ERR_PROC_IPC_SLOW_READER',
        message: expect.stringMatching(/^A client does not read: \d+ bytes wait .* 1048576 may\.$/),
      },
    });
    expect(hub.sessions).toHaveLength(1);
  });

  it('is gone a while after its session was closed, whatever waits for it', async () => {
    await ipc.value('large', { initial: LARGE }).get();
    const asked = Array.from({ length: 10 }, (_, id) => request(id + 2, 'value.get', 'large'));
    client = rawClient(listener, request(1, 'event.set', 'begun'), ...asked);
    await ipc.event('begun').wait();
    useFakeRealTime();
    hub.sessions[1]?.close();
    jest.advanceTimersByTime(5000);
    useRealTime();
    // It reads nothing; that the socket is gone is told by an error of writing.
    const gone = once(client, 'error') as Promise<[NodeJS.ErrnoException]>;
    client.write('.');
    expect(['EPIPE', 'ECONNRESET']).toContain((await gone)[0].code);
  });

  it('is told of by what it sends that is too large, too', async () => {
    client = rawClient(listener, { k: 'hello', pid: 1, name: 'loud' }, 'x'.repeat(70_000));
    // What it still sends may be answered by a reset.
    const reading = client.on('error', () => undefined).resume();
    await new Promise((resolve) => reading.once('close', resolve));
    expect(events.last('IpcSessionClosed')).toMatchObject({
      session: { name: 'loud' },
      reason: { code: 'ERR_PROC_IPC_FRAME_TOO_LARGE' },
    });
  });

  it.each([0, '63KiB', NaN, 'much'])('has no limit of %p', async (maxUnread) => {
    const listening = listenIpc(hub, { maxFrame: '64KiB', maxUnread } as ListenOptions);
    expect(await codeOf(listening)).toBe('ERR_PROC_INVALID_ARGUMENT');
  });

  it('is none that gets a message larger than all that may wait', async () => {
    await using reader = await connectIpcSocket(listener);
    await ipc.value('huge', { initial: Buffer.alloc(3_000_000) }).get();
    expect(await reader.value<Uint8Array>('huge').get()).toHaveLength(3_000_000);
  });

  it('is none that has not had all of a large message when the next one comes', async () => {
    await ipc.value('huge', { initial: Buffer.alloc(3_000_000) }).get();
    client = rawClient(
      listener,
      { k: 'hello', pid: 1, name: 'reader' },
      request(1, 'rpc.serve', 'work', Infinity),
      request(2, 'event.set', 'served'),
      request(3, 'value.get', 'huge'),
    );
    await ipc.event('served').wait();
    const call = codeOf(ipc.call('work', ['small']));
    let bytes = 0;
    client.on('data', (chunk: Buffer) => (bytes += chunk.length)).resume();
    while (bytes < 3_000_000) await once(client, 'data');
    expect(events.last('IpcSessionClosed')).toBeUndefined();
    client.destroy();
    expect(await call).toBe('ERR_PROC_IPC_PEER_GONE');
  });

  it('is none that asks for much at once, however little may wait', async () => {
    const tight = await listenIpc(hub, { maxFrame: '64KiB', maxUnread: '64KiB' });
    try {
      await using busy = await connectIpcSocket(tight);
      await ipc.value('large', { initial: LARGE }).get();
      const values = Array.from({ length: 100 }, () => busy.value<string>('large').get());
      expect(new Set(await Promise.all(values))).toEqual(new Set([LARGE]));
    } finally {
      await tight.close();
    }
  });

  it('is none that has not read because it was busy', async () => {
    await using busy = await connectIpcSocket(listener);
    await ipc.value('large', { initial: LARGE }).get();
    const values = Array.from({ length: 100 }, () => busy.value<string>('large').get());
    expect(new Set(await Promise.all(values))).toEqual(new Set([LARGE]));
  });
});
