import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import os, { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  connectIpcSocket,
  IpcHub,
  listenIpc,
  type IpcListener,
  type ListenOptions,
} from '@proc/ipc';
import { codeOf } from '../support/code-of.js';
import { startHub } from '../support/hub-process.js';

jest.setTimeout(60_000);

describe('a hub at a socket', () => {
  let hub: IpcHub;
  let listener: IpcListener;
  beforeEach(async () => {
    hub = new IpcHub({ heartbeat: 0 });
    listener = await listenIpc(hub, { maxFrame: '64KB' });
  });
  afterEach(async () => {
    await listener.close();
    await hub.close();
  });

  it('can be entered by its user alone, and is gone when it is closed', async () => {
    expect(statSync(listener.address).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(listener.address)).mode & 0o777).toBe(0o700);
    await listener.close();
    expect(existsSync(dirname(listener.address))).toBe(false);
    const { address, token } = listener;
    expect(await codeOf(connectIpcSocket({ address, token }))).toBe('ERR_PROC_IPC_REFUSED');
  });

  it('lets nobody in who does not know the token', async () => {
    const { address } = listener;
    await expect(connectIpcSocket({ address, token: 'guessed' })).rejects.toMatchObject({
      code: 'ERR_PROC_IPC_REFUSED',
      message: expect.stringContaining('the token is wrong'),
    });
    expect(await codeOf(connectIpcSocket({ address }))).toBe('ERR_PROC_INVALID_ARGUMENT');
    expect(hub.sessions).toEqual([]);
  });

  it('is reached by what its listener is, with options of its own', async () => {
    await using plain = await connectIpcSocket(listener);
    await using named = await connectIpcSocket({ ...listener, name: 'named' });
    await Promise.all([plain.stats(), named.stats()]);
    expect(hub.sessions).toEqual([
      expect.objectContaining({ state: 'alive' }),
      expect.objectContaining({ name: 'named' }),
    ]);
  });

  it('is not opened with an empty token', async () => {
    expect(await codeOf(listenIpc(hub, { token: '' }))).toBe('ERR_PROC_INVALID_ARGUMENT');
  });

  it.each([
    ...[0, 1, -1, 1.5, NaN, Infinity, '0B', '2GiB'].map((maxFrame) => ({ maxFrame })),
    ...['', 'x'.repeat(257), 5].map((token) => ({ token })),
    ...['', 5].map((path) => ({ path })),
    { maxframe: '1MiB' },
  ])('is not opened with %p', async (options) => {
    const directory = mkdtempSync(join(tmpdir(), 'ipc-test-'));
    // Not by an environment variable: a test has an environment of its own, and what asks for the directory has not.
    const asked = jest.spyOn(os, 'tmpdir').mockReturnValue(directory);
    try {
      const opening = listenIpc(hub, options as ListenOptions);
      expect(await codeOf(opening)).toBe('ERR_PROC_INVALID_ARGUMENT');
      expect(readdirSync(directory)).toEqual([]);
    } finally {
      asked.mockRestore();
      rmSync(directory, { recursive: true });
    }
  });

  it('carries requests in the smallest frames that it can be opened with', async () => {
    const token = 'ü'.repeat(128);
    const small = await listenIpc(hub, { token, maxFrame: '1KiB' });
    const ipc = await connectIpcSocket({ address: small.address, token });
    await ipc.queue('q').put('x'.repeat(100));
    expect(await ipc.queue('q').get()).toBe('x'.repeat(100));
    await ipc.close();
    await small.close();
  });

  it.each([NaN, -1, Infinity, 2 ** 31])(
    'is not looked for with a timeout of %p',
    async (timeout) => {
      const { address, token } = listener;
      const connecting = connectIpcSocket({ address, token, timeout });
      expect(await codeOf(connecting)).toBe('ERR_PROC_INVALID_ARGUMENT');
    },
  );

  it('is waited for no longer than somebody wants to, and left no connection', async () => {
    const silent = createServer();
    const path = join(mkdtempSync(join(tmpdir(), 'ipc-test-')), 'silent.sock');
    await once(silent.listen(path), 'listening');
    const asked = once(silent, 'connection') as Promise<[Socket]>;
    const controller = new AbortController();
    const options = { address: path, token: 'any', timeout: '1h' } as const;
    const connecting = connectIpcSocket({ ...options, signal: controller.signal });
    const [client] = await asked;
    const gone = once(client.resume(), 'close');
    controller.abort('enough');
    await expect(connecting).rejects.toMatchObject({
      code: 'ERR_PROC_IPC_CANCELLED',
      cause: 'enough',
    });
    await gone;
    const late = connectIpcSocket({ ...options, signal: controller.signal });
    expect(await codeOf(late)).toBe('ERR_PROC_IPC_CANCELLED');
    const wrong = connectIpcSocket({ ...options, signal: 'stop' as unknown as AbortSignal });
    expect(await codeOf(wrong)).toBe('ERR_PROC_INVALID_ARGUMENT');
    silent.close();
    await once(silent, 'close');
    rmSync(dirname(path), { recursive: true });
  });

  it('lets in more clients at once than the system lets wait for it', async () => {
    const { address, token } = listener;
    const count = process.platform === 'linux' ? 560 : 60;
    // Of both ends, and of everybody: that may take this one process more than the usual time.
    const options = { address, token, timeout: '1m' } as const;
    const clients = await Promise.all(
      Array.from({ length: count }, () => connectIpcSocket(options)),
    );
    expect(hub.sessions).toHaveLength(count);
    await Promise.all(clients.map((client) => client.close()));
  });

  it.each([{ address: 5 }, { address: 'nowhere', token: 5 }, { address: {} }])(
    'is not looked for with %p',
    async (options) => {
      const connecting = connectIpcSocket({ token: 'any', ...options } as object);
      expect(await codeOf(connecting)).toBe('ERR_PROC_INVALID_ARGUMENT');
    },
  );

  it('is not looked for at a port of TCP', async () => {
    const other = createServer((socket) => socket.destroy());
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const { port } = other.address() as AddressInfo;
    const met = jest.fn();
    other.on('connection', met);
    const connecting = connectIpcSocket({ address: String(port), token: 'any' });
    expect(await codeOf(connecting)).toBe('ERR_PROC_IPC_REFUSED');
    expect(met).not.toHaveBeenCalled();
    other.close();
    await once(other, 'close');
  });

  it('is not cut off by a signal that aborts once the connection is there', async () => {
    const { address, token } = listener;
    const controller = new AbortController();
    const ipc = await connectIpcSocket({ address, token, signal: controller.signal });
    controller.abort();
    await ipc.event('e').set();
    expect(await ipc.event('e').isSet()).toBe(true);
    await ipc.close();
  });

  it.each([
    ['a first message that is too large', Buffer.from([0, 1, 0, 0])],
    ['no hello', Buffer.concat([Buffer.from([0, 0, 0, 4]), Buffer.from('what')])],
  ])('cuts off who sends %s', async (_what, bytes) => {
    const socket = connect(listener.address);
    socket.on('error', () => undefined).resume();
    socket.write(bytes);
    await once(socket, 'close');
    expect(hub.sessions).toEqual([]);
  });

  it('takes no message that is too large, and none that is not data, and the connection goes on', async () => {
    const { address, token } = listener;
    const ipc = await connectIpcSocket({ address, token });
    const queue = ipc.queue<unknown>('q');

    expect(await codeOf(queue.put('x'.repeat(100_000)))).toBe('ERR_PROC_IPC_FRAME_TOO_LARGE');
    expect(await codeOf(queue.put(() => 'code'))).toBe('ERR_PROC_INVALID_ARGUMENT');
    await queue.put('x'.repeat(1000));

    expect(await queue.size()).toBe(1);
    await ipc.close();
  });

  it('cuts off a known client that sends what is too large all the same', async () => {
    const socket = connect(listener.address);
    socket.on('error', () => undefined);
    const hello = Buffer.from(
      JSON.stringify({ protocol: 1, token: listener.token, maxFrame: 1000 }),
    );
    socket.write(Buffer.concat([Buffer.from([0, 0, 0, hello.length]), hello]));
    await once(socket, 'data');
    expect(hub.sessions).toHaveLength(1);

    socket.write(Buffer.from([0x7f, 0xff, 0xff, 0xff]));
    await once(socket.resume(), 'close');

    expect(hub.sessions).toEqual([]);
  });

  it('understands a client whose hello and first request come in one piece', async () => {
    const { address, token } = listener;
    const all = await Promise.all(
      [1, 2, 3].map(async (number) => {
        const ipc = await connectIpcSocket({ address, token, name: `client ${number}` });
        await ipc.value('sum', { type: 'i32' }).increment(number);
        return ipc;
      }),
    );
    expect(await all[0]?.value('sum').get()).toBe(6);
    await Promise.all(all.map((ipc) => ipc.close()));
  });
});

describe('the path of a socket', () => {
  let directory: string;
  let path: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'ipc-test-'));
    path = join(directory, 'hub.sock');
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it('is taken over from a process that was killed, and not from one that lives', async () => {
    const other = await startHub(path);
    expect(await codeOf(listenIpc(new IpcHub(), { path }))).toBe('ERR_PROC_IPC_ADDRESS');
    await other.kill();
    expect(existsSync(path)).toBe(true);

    const hub = new IpcHub();
    const listener = await listenIpc(hub, { path });
    const ipc = await connectIpcSocket({ address: path, token: listener.token });
    await ipc.event('e').set();

    await ipc.close();
    await listener.close();
    await hub.close();
    expect(existsSync(path)).toBe(false);
  });

  it('is removed when the process exits', async () => {
    const other = await startHub(path);
    expect(existsSync(path)).toBe(true);
    await other.exit();
    expect(existsSync(path)).toBe(false);
  });

  it('is left to the hub that has taken it over', async () => {
    const hubs = [new IpcHub(), new IpcHub()] as const;
    const first = await listenIpc(hubs[0], { path });
    rmSync(path);
    const second = await listenIpc(hubs[1], { path });
    await first.close();
    const ipc = await connectIpcSocket({ address: path, token: second.token });
    await ipc.event('e').set();
    await ipc.close();
    await second.close();
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(directory)).toEqual([]);
    await Promise.all(hubs.map((hub) => hub.close()));
  });

  it('has one hub of several that begin at once', async () => {
    const dead = await startHub(path);
    await dead.kill();
    const hub = new IpcHub();
    const all = await Promise.allSettled([1, 2, 3].map(() => listenIpc(hub, { path })));
    const open = all.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(open).toHaveLength(1);
    const ipc = await connectIpcSocket({ address: path, token: open[0]?.token });
    await ipc.close();
    await open[0]?.close();
    expect(readdirSync(directory)).toEqual([]);
    await hub.close();
  });

  it('is told to be impossible where its directory can not be made', async () => {
    writeFileSync(path, 'mine');
    const below = join(path, 'hub.sock');
    expect(await codeOf(listenIpc(new IpcHub(), { path: below }))).toBe('ERR_PROC_IPC_ADDRESS');
    const asked = jest.spyOn(os, 'tmpdir').mockReturnValue(join(directory, 'nowhere'));
    expect(await codeOf(listenIpc(new IpcHub()))).toBe('ERR_PROC_IPC_ADDRESS');
    asked.mockRestore();
  });

  it('is left alone when something else is there', async () => {
    writeFileSync(path, 'mine');
    expect(await codeOf(listenIpc(new IpcHub(), { path }))).toBe('ERR_PROC_IPC_ADDRESS');
    expect(existsSync(path)).toBe(true);
  });
});

describe('a hub whose process is killed', () => {
  it('ends every call that is under way, and every later one', async () => {
    const { address, token, kill } = await startHub();
    const [ipc, other] = await Promise.all(
      ['one', 'other'].map((name) => connectIpcSocket({ address, token, name })),
    );
    await other!.serve('hang', () => new Promise(() => undefined));
    await other!.lock('l').acquire();
    const subscription = await ipc!.channel('c').subscribe();
    const calls = [
      ipc!.queue('q').get(),
      ipc!.event('e').wait(),
      ipc!.lock('l').acquire(),
      ipc!.rwlock('r').withWrite(() => ipc!.barrier('b', 2).wait()),
      ipc!.call('hang'),
      subscription.next(),
    ].map(codeOf);
    const lost = once(ipc!.lost, 'abort');
    await ipc!.stats();
    await kill();

    expect(new Set(await Promise.all(calls))).toEqual(new Set(['ERR_PROC_IPC_BROKER_GONE']));
    await lost;
    expect(await codeOf(ipc!.value('v').get())).toBe('ERR_PROC_IPC_BROKER_GONE');
    rmSync(dirname(address), { recursive: true });
  });
});
