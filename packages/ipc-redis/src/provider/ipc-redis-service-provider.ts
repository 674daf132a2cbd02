import { ConfigurationError, EventDispatcher, ServiceProvider } from '@proc/core';
import { Ipc, IpcBroker, IpcHub } from '@proc/ipc';
import { HubReporter } from '@proc/ipc/internal';
import { openRedisBroker } from '../connecting/open-redis-broker.js';
import { IpcHubLeaseLost } from '../events/ipc-hub-lease-lost.js';
import { listenIpcRedis } from '../listening/listen-ipc-redis.js';
import { resolveRedisConfig, type IpcRedisConfig } from './resolve-redis-config.js';

/**
 * Connects an application over Redis, as `process.ipc.redis` of the configuration says. A client's {@link Ipc} is that
 * of a hub elsewhere, and {@link IpcBroker} is the way to it, which its workers take; a hub is the application's
 * {@link IpcHub}, which others reach then; where it loses its lease, the application's dispatcher is told by an
 * {@link IpcHubLeaseLost}. Register it after `IpcServiceProvider`, which a hub needs.
 */
export class IpcRedisServiceProvider extends ServiceProvider {
  #close = (): Promise<void> => Promise.resolve();

  /**
   * Connects.
   *
   * @throws {@link ConfigurationError}, and what {@link openRedisBroker} and {@link listenIpcRedis} throw
   */
  override async boot(): Promise<void> {
    const { role, name, timeout, wait, ...where } = resolveRedisConfig(
      this.app.config.get<IpcRedisConfig>('process.ipc.redis'),
    );
    if (role === 'hub') await this.#listen({ ...where, wait });
    else await this.#connect({ ...where, name: name ?? 'application', timeout });
  }

  override async shutdown(): Promise<void> {
    await this.#close();
  }

  async #listen(options: Parameters<typeof listenIpcRedis>[1]): Promise<void> {
    if (!this.app.bound(IpcHub)) {
      const needed = 'a hub needs the IpcServiceProvider, registered before';
      throw new ConfigurationError(`process.ipc.redis.role: ${needed}.`);
    }
    const listener = await listenIpcRedis(this.app.get(IpcHub), options);
    this.#close = () => listener.close();
    const { app } = this;
    const reporter = new HubReporter(() =>
      app.bound(EventDispatcher) ? app.get(EventDispatcher) : undefined,
    );
    void listener.closed.then((error) => {
      if (error !== undefined) reporter.tell(IpcHubLeaseLost, listener.namespace, error);
    });
  }

  async #connect(options: Parameters<typeof openRedisBroker>[0]): Promise<void> {
    const broker = await openRedisBroker(options);
    this.#close = () => broker.close();
    this.app.instance(IpcBroker, broker);
    this.app.instance(Ipc, broker.ipc(options.name)).alias('process.ipc', Ipc);
  }
}
