import type { HubSource } from './hub-source.js';
import { IpcSession } from './ipc-session.js';
import type { PoolWorker } from './pool-worker.js';

/** Connects those workers of a pool to the hub whose tasks ask for it. */
export class IpcSessions {
  readonly #hub: HubSource;
  readonly #poolName: string;
  readonly #sessions = new Map<PoolWorker, IpcSession>();

  constructor(hub: HubSource, poolName: string) {
    this.#hub = hub;
    this.#poolName = poolName;
  }

  receive(worker: PoolWorker, frame: unknown): void {
    let session = this.#sessions.get(worker);
    if (session === undefined) {
      const name = (): string => `${this.#poolName} ${worker.id}`;
      session = new IpcSession(this.#hub, name, (answer) => {
        worker.sendIpc(answer);
      });
      this.#sessions.set(worker, session);
    }
    session.receive(frame);
  }

  /** A worker is gone: what it held is released now. */
  end(worker: PoolWorker): void {
    this.#sessions.get(worker)?.end();
    this.#sessions.delete(worker);
  }
}
