import { IpcPort } from '../protocol/ipc-port.js';
import type { HubSource } from './hub-source.js';
import type { PoolWorker } from './pool-worker.js';

/** Connects those workers of a pool to the hub whose tasks ask for it. */
export class IpcSessions {
  readonly #hub: HubSource;
  readonly #poolName: string;
  readonly #ports = new Map<PoolWorker, IpcPort>();

  constructor(hub: HubSource, poolName: string) {
    this.#hub = hub;
    this.#poolName = poolName;
  }

  receive(worker: PoolWorker, frame: unknown): void {
    let port = this.#ports.get(worker);
    if (port === undefined) {
      port = this.#connect(worker);
      this.#ports.set(worker, port);
    }
    port.receive(frame);
  }

  /** The port is closed where there is no hub: the worker's tasks hear of it, and later frames are for nobody. */
  #connect(worker: PoolWorker): IpcPort {
    const port = new IpcPort((answer) => {
      worker.sendIpc(answer);
    });
    try {
      this.#hub().connect(port, { name: `${this.#poolName} ${worker.id}` });
    } catch (error) {
      port.close();
      // It belongs to no task: whoever reads the worker's messages could only crash of it.
      process.emitWarning(error instanceof Error ? error : String(error));
    }
    return port;
  }

  /** A worker is gone: what it held is released now. */
  end(worker: PoolWorker): void {
    this.#ports.get(worker)?.close();
    this.#ports.delete(worker);
  }
}
