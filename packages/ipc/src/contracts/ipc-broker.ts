import type { ServiceIdentifier } from '@proc/core/internal';
import type { ConnectOptions } from './connect-options.js';
import type { FramePort } from './frame-port.js';

/** A session that has been begun for somebody else. */
export interface BrokerSession {
  /** Resolves when the connection is lost. Never rejects. */
  readonly closed: Promise<void>;
  /** Cuts the connection, and so releases what is held over it. Idempotent. */
  close(): void;
}

/** What others are connected to: an {@link IpcHub} of this process, or the way to one elsewhere. */
export interface IpcBroker {
  /**
   * Begins a session over a channel; the other end of it is given to {@link connectIpc}.
   *
   * @throws {@link InvalidArgumentError} for what is no port, and for unknown options
   */
  connect(port: FramePort, options?: ConnectOptions): BrokerSession;
}

export const IpcBroker: ServiceIdentifier<IpcBroker> = Symbol.for('@proc/ipc/IpcBroker');
