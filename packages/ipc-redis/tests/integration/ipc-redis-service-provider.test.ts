import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import {
  Application,
  ConfigurationError,
  EventDispatcher,
  ProcessServiceProvider,
} from '@proc/core';
import { Ipc, IpcHub, IpcServiceProvider } from '@proc/ipc';
import {
  IpcHubLeaseLost,
  IpcRedisServiceProvider,
  LeaseLostError,
  type IpcRedisConfig,
} from '@proc/ipc-redis';
import { WorkerManager, WorkersServiceProvider } from '@proc/workers';
import { codeOf } from '../support/code-of.js';
import { emitted, work } from '../support/crew.js';
import { FakeRedis } from '../support/fake-redis/fake-redis.js';
import { sitesOn, type Site } from '../support/site.js';

// Workers are started in one of the tests.
jest.setTimeout(60_000);

const SOURCES = join(__dirname, '../../../core/tests/support/register-sources.cjs');

describe('IpcRedisServiceProvider', () => {
  const open = sitesOn(() => FakeRedis.start());

  const boot = async (site: Site, role: 'client' | 'hub'): Promise<Application> => {
    const redis = { ...site.options({ lease: '30s' }), role };
    const workers = { size: 1, execArgv: ['--require', SOURCES] };
    const app = new Application({
      providers: [
        ProcessServiceProvider,
        IpcServiceProvider,
        IpcRedisServiceProvider,
        WorkersServiceProvider,
      ],
      config: { process: { ipc: { heartbeat: '1s', redis }, workers } },
    });
    site.atEnd(() => app.shutdown());
    await app.boot();
    return app;
  };

  it('brings the application of a client, and its workers, to the hub of another application', async () => {
    const site = await open();
    const server = await boot(site, 'hub');
    const client = await boot(site, 'client');
    const holder = client.get(WorkerManager).threadPool().submit(work('hold'), 'l');
    await emitted(holder);

    expect(await server.get(Ipc).lock('l').tryAcquire()).toBeUndefined();
    await client.get(Ipc).value('v').set('from the client');
    expect(await server.get(Ipc).value('v').get()).toBe('from the client');
    expect(client.get('process.ipc')).toBe(client.get(Ipc));
    const names = server.get(IpcHub).sessions.map(({ name }) => name);
    expect([...names].sort()).toEqual(['application', 'application', 'worker 1']);
    holder.cancel();
    await holder.result.catch(() => undefined);
  });

  it('ends the calls of a client when the application of the hub is shut down, and takes it along', async () => {
    const site = await open();
    const server = await boot(site, 'hub');
    const client = await boot(site, 'client');
    const waiting = codeOf(client.get(Ipc).queue('q').get());
    await server.shutdown();

    expect(await waiting).toBe('ERR_PROC_IPC_BROKER_GONE');
    await boot(site, 'hub');
  });

  it('tells the dispatcher of the application of a hub that its lease is lost', async () => {
    const site = await open();
    const server = await boot(site, 'hub');
    const told = new Promise<IpcHubLeaseLost>((resolve) => {
      server.instance(EventDispatcher, {
        hasListeners: (type: unknown) => type === IpcHubLeaseLost,
        dispatch: async (event: IpcHubLeaseLost) => {
          resolve(event);
        },
      } as unknown as EventDispatcher);
    });
    await site.server.forget();
    const { name, namespace, error } = await told;

    expect([name, namespace]).toEqual(['IpcHubLeaseLost', 'default']);
    expect(LeaseLostError.is(error)).toBe(true);
  });

  it.each<[unknown, string]>([
    [undefined, 'process.ipc.redis: It is missing.'],
    [{}, 'process.ipc.redis: redis is a URL'],
    [{ redis: 'redis://x', role: 'both' }, "process.ipc.redis: role is 'client' or 'hub'"],
    [{ redis: 'redis://x', namepsace: 'y' }, 'process.ipc.redis: '],
    [{ redis: 'redis://x', role: 'hub' }, 'process.ipc.redis.role: a hub needs'],
  ])('refuses %j at boot', async (redis, message) => {
    const app = new Application({
      providers: [IpcRedisServiceProvider],
      config: { process: { ipc: { redis: redis as IpcRedisConfig } } },
    });
    const error = await app.boot().catch((reason: unknown) => reason);

    expect(ConfigurationError.is(error)).toBe(true);
    expect((error as Error).message).toContain(message);
  });
});
