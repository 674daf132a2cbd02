import { describe, expect, it } from '@jest/globals';
import { Application } from '@proc/core';
import { Ipc, IpcHub, IpcServiceProvider } from '@proc/ipc';
import { codeOf } from '../support/code-of.js';

async function boot(): Promise<Application> {
  const app = new Application({ providers: [IpcServiceProvider] });
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
});
