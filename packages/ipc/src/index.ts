export * from './client.js';

export { IpcServiceProvider } from './ipc-service-provider.js';
export { IpcHub, type IpcHubOptions } from './hub/ipc-hub.js';
export type { Session } from './contracts/session.js';

export { inProcessPorts } from './transports/in-process-ports.js';
export { runningProcessPort } from './transports/running-process-port.js';
export { connectIpcSocket, type SocketOptions } from './transports/socket/connect-ipc-socket.js';
export { listenIpc, type IpcListener, type ListenOptions } from './transports/socket/listen-ipc.js';

export { AddressError } from './errors/address-error.js';
export { ConnectionRefusedError } from './errors/connection-refused-error.js';
export { FrameTooLargeError } from './errors/frame-too-large-error.js';
