import { Connection } from './client/connection.js';
import { IpcClient } from './client/ipc-client.js';
import { requireKnown } from './client/require-known.js';
import type { ConnectOptions } from './contracts/connect-options.js';
import type { FramePort } from './contracts/frame-port.js';
import type { Ipc } from './contracts/ipc.js';
import { requirePort } from './transports/require-port.js';

/**
 * The primitives of the hub at the other end of a channel.
 *
 * @example
 * ```ts
 * const ipc = connectIpc(processPort());
 * await ipc.lock('report').withLock(() => writeReport());
 * ```
 * @throws {@link InvalidArgumentError} for what is no port, and for unknown options
 */
export function connectIpc(port: FramePort, options: ConnectOptions = {}): Ipc {
  requirePort(port);
  requireKnown('connectIpc()', options, ['name']);
  const { name } = options;
  return new IpcClient(new Connection(port, name));
}
