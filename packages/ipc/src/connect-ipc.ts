import { Connection } from './client/connection.js';
import { IpcClient } from './client/ipc-client.js';
import type { ConnectOptions } from './contracts/connect-options.js';
import type { FramePort } from './contracts/frame-port.js';
import type { Ipc } from './contracts/ipc.js';

/**
 * The primitives of the hub at the other end of a channel.
 *
 * @example
 * ```ts
 * const ipc = connectIpc(processPort());
 * await ipc.lock('report').withLock(() => writeReport());
 * ```
 */
export function connectIpc(port: FramePort, { name }: ConnectOptions = {}): Ipc {
  return new IpcClient(new Connection(port, name));
}
