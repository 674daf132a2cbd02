import {
  connectIpc,
  type FramePort,
  type Ipc,
  type IpcBroker,
  type BrokerSession,
  type ConnectOptions,
} from '@proc/ipc';
import { requireKnown, requirePort } from '@proc/ipc/internal';
import { joinPorts } from '../links/join-ports.js';
import type { ClientLink } from './client-link.js';

/** The hub at the other end of Redis, for the sessions of one process and of whoever is connected to it. */
export class RedisBroker implements IpcBroker, AsyncDisposable {
  readonly namespace: string;
  /** Resolves when all sessions are over: the hub is gone, the lease has ended, or it was closed. Never rejects. */
  readonly closed: Promise<void>;
  readonly #link: ClientLink;

  /** @internal Made by {@link openRedisBroker}. */
  constructor(link: ClientLink, namespace: string) {
    this.#link = link;
    this.namespace = namespace;
    this.closed = link.ended.then(() => undefined);
  }

  /**
   * A session with the hub for whoever is at the other end of a channel, such as a worker: frames are passed on. It
   * ends with the channel, and with the lease of this process, which the other end has no part in.
   *
   * @throws {@link InvalidArgumentError} for what is no port, and for unknown options
   */
  connect(port: FramePort, options: ConnectOptions = {}): BrokerSession {
    requirePort(port);
    requireKnown('connect()', options, ['name']);
    const its = this.#link.session(options.name);
    let end = (): void => undefined;
    const closed = new Promise<void>((resolve) => {
      end = resolve;
    });
    joinPorts(port, its, end);
    return {
      closed,
      close: () => {
        port.close();
        its.close();
      },
    };
  }

  /** A session of this process. */
  ipc(name?: string): Ipc {
    return connectIpc(this.#link.session(name), { name });
  }

  /** Ends all sessions, and so releases what is held over them. Idempotent. Never rejects. */
  async close(): Promise<void> {
    await this.#link.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
