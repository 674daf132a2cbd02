import { createRequire } from 'node:module';
import type * as Client from '@proc/ipc/client';
import { IpcPort } from '../protocol/ipc-port.js';

/** A worker's connection to the hub of its pool. Loaded and made for the first task that asks for it. */
export class WorkerIpc {
  readonly #port: IpcPort;
  readonly #name: string;
  #ipc: Client.Ipc | undefined;

  /** @param transmit - sends a frame to the pool; throws for what can not be copied */
  constructor(name: string, transmit: (frame: unknown) => void) {
    this.#name = name;
    this.#port = new IpcPort(transmit);
  }

  /** For one task: its locks are its own, whenever it asks for them. */
  forTask(): Client.Ipc {
    if (this.#ipc === undefined) {
      const { connectIpc } = createRequire(__filename)('@proc/ipc/client') as typeof Client;
      this.#ipc = connectIpc(this.#port, { name: this.#name });
    }
    return this.#ipc.scope();
  }

  receive(frame: unknown): void {
    this.#port.receive(frame);
  }
}
