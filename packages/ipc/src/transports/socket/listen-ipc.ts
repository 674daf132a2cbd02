import { createServer, type Server, type Socket } from 'node:net';
import { AddressError } from '../../errors/address-error.js';
import { BrokerGoneError } from '../../errors/broker-gone-error.js';
import type { IpcHub } from '../../hub/ipc-hub.js';
import { acceptClient } from './accept-client.js';
import { resolveListenOptions, type ListenOptions } from './resolve-listen-options.js';
import { socketAddress, type SocketAddress } from './socket-address.js';
import { listen, SocketFile } from './socket-file.js';

/** A hub that can be reached by other processes of this machine. */
export interface IpcListener extends AsyncDisposable {
  /** Path of the socket, or name of the pipe. */
  readonly address: string;
  readonly token: string;
  /** What {@link connectIpcSocket} reads: give it to programs that shall connect. */
  readonly environment: Readonly<Record<'PROC_IPC_ADDRESS' | 'PROC_IPC_TOKEN', string>>;
  /**
   * Takes no more clients, cuts off those that are there, and removes the socket, unless another one has taken its
   * place. Idempotent.
   */
  close(): Promise<void>;
}

/**
 * Lets unrelated processes of this user connect to a hub, by a UNIX socket of mode 0600 and a token, or on Windows by a
 * named pipe and a token. The listening keeps this process alive; the socket is removed when it exits.
 *
 * @throws {@link AddressError} when it can not listen there, or another hub does
 * @throws {@link BrokerGoneError} when the hub is closed
 * @throws {@link InvalidArgumentError} for options that can not be, such as an empty token, before anything is opened
 */
export async function listenIpc(hub: IpcHub, options: ListenOptions = {}): Promise<IpcListener> {
  if (hub.isClosed) throw new BrokerGoneError('A hub that is closed can not listen.');
  const { path, ...reception } = resolveListenOptions(options);
  const { token } = reception;
  const address = socketAddress(path);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    acceptClient(socket, { hub, ...reception });
  });
  const file = await open(server, address);
  // One client that could not be accepted is no reason to end the process.
  server.on('error', () => undefined);
  const remove = (): void => {
    file?.remove();
    address.remove();
  };
  process.once('exit', remove);
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= new Promise((resolve) => {
      process.off('exit', remove);
      remove();
      server.close(() => {
        resolve();
      });
      for (const socket of sockets) socket.destroy();
    });
    return closing;
  };
  const environment = { PROC_IPC_ADDRESS: address.path, PROC_IPC_TOKEN: token };
  return { address: address.path, token, environment, close, [Symbol.asyncDispose]: close };
}

/** @returns the file of the socket; a pipe has none */
async function open(server: Server, address: SocketAddress): Promise<SocketFile | undefined> {
  try {
    if (!address.isPipe) return await SocketFile.claim(server, address.path);
    await listen(server, address.path);
    return undefined;
  } catch (cause) {
    address.remove();
    if (AddressError.is(cause)) throw cause;
    const reason = (cause as Error).message;
    throw new AddressError(`Can not listen at "${address.path}": ${reason}`, { cause });
  }
}
