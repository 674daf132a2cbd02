import { createRequire } from 'node:module';
import type * as Client from '@proc/ipc/client';

/** A worker's connection to the hub of its pool. Loaded and made for the first task that asks for it. */
export class WorkerIpc {
  readonly #post: (message: unknown) => void;
  readonly #name: string;
  #hear: ((message: unknown) => void) | undefined;
  #ipc: Client.Ipc | undefined;

  /** @param post - sends to the pool; throws for what can not be copied */
  constructor(name: string, post: (message: unknown) => void) {
    this.#name = name;
    this.#post = post;
  }

  /** For one task: its locks are its own, whenever it asks for them. */
  forTask(): Client.Ipc {
    this.#ipc ??= this.#connect();
    return this.#ipc.scope();
  }

  receive(message: unknown): void {
    this.#hear?.(message);
  }

  #connect(): Client.Ipc {
    const client = createRequire(__filename)('@proc/ipc/client') as typeof Client;
    const port = client.attachedPort({
      post: this.#post,
      listen: (onMessage) => {
        this.#hear = onMessage;
        return () => {
          this.#hear = undefined;
        };
      },
    });
    return client.connectIpc(port, { name: this.#name });
  }
}
