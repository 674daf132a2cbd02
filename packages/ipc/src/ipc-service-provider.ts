import { announceClass, ServiceProvider } from '@proc/core';
import { connectIpc } from './connect-ipc.js';
import { Ipc } from './contracts/ipc.js';
import { IpcHub } from './hub/ipc-hub.js';
import { inProcessPorts } from './transports/in-process-ports.js';

/**
 * Brings {@link IpcHub}, and {@link Ipc} connected to it. Both are made when they are first asked for. At shutdown the
 * hub is closed: everybody who is connected to it loses what he holds.
 */
export class IpcServiceProvider extends ServiceProvider {
  #hub: IpcHub | undefined;

  override register(): void {
    this.app.singleton(IpcHub, () => (this.#hub = new IpcHub()));
    this.app
      .singleton(Ipc, (app) => {
        const [mine, its] = inProcessPorts();
        app.get(IpcHub).connect(its, { name: 'application' });
        return connectIpc(mine);
      })
      .alias('process.ipc', Ipc);
  }

  override async shutdown(): Promise<void> {
    await this.#hub?.close();
  }

  override provides(): readonly [typeof IpcHub, typeof Ipc] {
    return [IpcHub, Ipc];
  }
}

// So that it can be provided before this module is loaded.
announceClass(Symbol.for('@proc/ipc/IpcHub'), IpcHub);
