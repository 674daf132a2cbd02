export * from './client.js';

export { IpcServiceProvider } from './provider/ipc-service-provider.js';
export { IpcSocket } from './provider/ipc-socket.js';
export type { IpcConfig } from './provider/resolve-ipc-config.js';
export { IpcHub, type IpcHubOptions } from './hub/ipc-hub.js';
export {
  type AbandonableLock,
  IpcBarrierBroken,
  IpcDeadlockRefused,
  IpcHubEvent,
  IpcLockAbandoned,
  IpcMessageDeadLettered,
  IpcSessionClosed,
  IpcSessionEvent,
  IpcSessionOpened,
  IpcSessionResponsive,
  IpcSessionUnresponsive,
  type SessionIdentity,
} from './events/ipc-events.js';
export { IpcBroker, type BrokerSession } from './contracts/ipc-broker.js';
export type { Session } from './contracts/session.js';

export { inProcessPorts } from './transports/in-process-ports.js';
export { runningProcessPort } from './transports/running-process-port.js';
export { connectIpcSocket, type SocketOptions } from './transports/socket/connect-ipc-socket.js';
export { listenIpc, type IpcListener } from './transports/socket/listen-ipc.js';
export type { ListenOptions } from './transports/socket/resolve-listen-options.js';

export { AddressError } from './errors/address-error.js';
export { ConnectionRefusedError } from './errors/connection-refused-error.js';
export { SlowReaderError } from './errors/slow-reader-error.js';
