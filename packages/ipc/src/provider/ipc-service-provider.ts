import { announceClass, EventDispatcher, ServiceProvider } from '@proc/core';
import { connectIpc } from '../connect-ipc.js';
import { Ipc } from '../contracts/ipc.js';
import { IpcHub } from '../hub/ipc-hub.js';
import { inProcessPorts } from '../transports/in-process-ports.js';
import { IpcSocket } from './ipc-socket.js';
import { resolveIpcConfig, type IpcConfig, type ResolvedIpcConfig } from './resolve-ipc-config.js';

/**
 * Brings {@link IpcHub}, {@link Ipc} connected to it, and {@link IpcSocket} for other programs. All are made when they
 * are first asked for. Reads `process.ipc` of the configuration; what happens at the hub is told to the application's
 * dispatcher. At shutdown the hub is closed: everybody who is connected to it loses what he holds.
 */
export class IpcServiceProvider extends ServiceProvider {
  #hub: IpcHub | undefined;
  #socket: IpcSocket | undefined;
  #isOver = false;

  override register(): void {
    this.app.singleton(IpcHub, (app) => {
      const { heartbeat } = this.#config();
      const events = () => (app.bound(EventDispatcher) ? app.get(EventDispatcher) : undefined);
      const hub = new IpcHub({ heartbeat, events });
      // Nobody would ever close it.
      if (this.#isOver) void hub.close();
      return (this.#hub = hub);
    });
    this.app
      .singleton(Ipc, (app) => {
        const [mine, its] = inProcessPorts();
        app.get(IpcHub).connect(its, { name: 'application' });
        return connectIpc(mine);
      })
      .alias('process.ipc', Ipc);
    this.app.singleton(
      IpcSocket,
      (app) => (this.#socket = new IpcSocket(() => app.get(IpcHub), this.#config().socket)),
    );
  }

  /** @throws {@link ConfigurationError} */
  override boot(): void | Promise<void> {
    if (!this.#config().opensAtBoot) return;
    return this.app
      .get(IpcSocket)
      .open()
      .then(() => undefined);
  }

  override async shutdown(): Promise<void> {
    this.#isOver = true;
    await this.#socket?.close();
    await this.#hub?.close();
  }

  override provides(): readonly [typeof IpcHub, typeof Ipc, typeof IpcSocket] {
    return [IpcHub, Ipc, IpcSocket];
  }

  #config(): ResolvedIpcConfig {
    return resolveIpcConfig(this.app.config.get<IpcConfig>('process.ipc'));
  }
}

// So that they can be provided before this module is loaded.
announceClass(Symbol.for('@proc/ipc/IpcHub'), IpcHub);
announceClass(Symbol.for('@proc/ipc/IpcSocket'), IpcSocket);
