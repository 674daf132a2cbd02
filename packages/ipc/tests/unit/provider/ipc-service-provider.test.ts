import { describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Application, ConfigurationError } from '@proc/core';
import {
  connectIpcSocket,
  Ipc,
  IpcHub,
  IpcServiceProvider,
  IpcSocket,
  type IpcConfig,
} from '@proc/ipc';
import { codeOf } from '../../support/code-of.js';

async function boot(ipc?: IpcConfig): Promise<Application> {
  const config = ipc === undefined ? {} : { process: { ipc } };
  const app = new Application({ providers: [IpcServiceProvider], config });
  await app.boot();
  return app;
}

describe('IpcServiceProvider', () => {
  it('brings a hub and a connection to it, once, and under a name', async () => {
    const app = await boot();
    const ipc = app.get(Ipc);

    await ipc.event('ready').set();

    expect(app.get('process.ipc')).toBe(ipc);
    expect(app.get(IpcHub).sessions.map(({ name }) => name)).toEqual(['application']);
    await app.shutdown();
  });

  it('ends every call at shutdown', async () => {
    const app = await boot();
    const waiting = codeOf(app.get(Ipc).event('never').wait());

    await app.shutdown();

    expect(await waiting).toBe('ERR_PROC_IPC_BROKER_GONE');
  });

  it('makes nothing at all after the shutdown', async () => {
    const app = await boot();
    const used = await boot();
    await used.get(IpcSocket).open();
    await Promise.all([app.shutdown(), used.shutdown()]);

    for (const over of [app, used]) {
      expect(await codeOf(over.get(Ipc).event('e').set())).toBe('ERR_PROC_IPC_BROKER_GONE');
      expect(over.get(IpcHub).isClosed).toBe(true);
      expect(await codeOf(over.get(IpcSocket).open())).toBe('ERR_PROC_IPC_BROKER_GONE');
    }
  });

  it('may be registered with an application that runs', async () => {
    const app = new Application();
    await app.boot();

    app.register(IpcServiceProvider);

    expect(await app.get(Ipc).event('e').isSet()).toBe(false);
    await app.shutdown();
  });

  it('makes no hub for who needs none', async () => {
    const app = await boot();
    let made = 0;
    app.extend(IpcHub, (hub) => {
      made++;
      return hub;
    });

    await app.shutdown();

    expect(made).toBe(0);
  });

  it('opens the hub to other programs when somebody asks, and closes it at shutdown', async () => {
    const app = await boot();
    const { environment, address, token } = await app.get(IpcSocket).open();
    expect(Object.values(environment)).toEqual([address, token]);
    expect((await app.get(IpcSocket).open()).address).toBe(address);
    const other = await connectIpcSocket({ address, token, name: 'other' });
    await app.get(Ipc).value('v').set(1);
    expect(await other.value('v').get()).toBe(1);
    const lost = new Promise((resolve) => other.lost.addEventListener('abort', resolve));
    await app.shutdown();
    await lost;
    await expect(connectIpcSocket({ address, token })).rejects.toMatchObject({
      code: 'ERR_PROC_IPC_REFUSED',
    });
  });

  it('opens it at boot where the configuration says so, there and with that token', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'ipc-config-'));
    const path = join(directory, 'hub.sock');
    try {
      const app = await boot({ heartbeat: 0, socket: { path, token: 'secret', maxFrame: '1MiB' } });
      if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
      const other = await connectIpcSocket({ address: path, token: 'secret' });
      expect(await other.event('e').isSet()).toBe(false);
      const again = new Application({
        providers: [IpcServiceProvider],
        config: { process: { ipc: { socket: { path } } } },
      });
      await expect(again.boot()).rejects.toMatchObject({ code: 'ERR_PROC_IPC_ADDRESS' });
      await other.close();
      await app.shutdown();
      expect(existsSync(path)).toBe(false);
      await again.boot();
      await again.shutdown();
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it.each([
    [{ heartbeat: 'often' }, /^process\.ipc\.heartbeat: /],
    [{ hartbeat: 1 }, /^process\.ipc: Unknown key: "hartbeat"\. Did you mean "heartbeat"/],
    [{ socket: 'here' }, /^process\.ipc\.socket: It is true, false or an object/],
    [{ socket: { path: '' } }, /^process\.ipc\.socket: path is a text that is not empty/],
    [{ socket: { maxFrame: -1 } }, /^process\.ipc\.socket: The maxFrame/],
  ])('refuses a configuration of %j', async (config, message) => {
    const failure = await boot(config as IpcConfig).catch((error: unknown) => error);
    expect(ConfigurationError.is(failure)).toBe(true);
    expect((failure as Error).message).toMatch(message);
  });
});
