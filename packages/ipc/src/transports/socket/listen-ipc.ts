import { randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { InvalidArgumentError, type Size } from '@proc/core';
import { parseSize } from '@proc/core/internal';
import { AddressError } from '../../errors/address-error.js';
import type { IpcHub } from '../../hub/ipc-hub.js';
import { acceptClient } from './accept-client.js';
import { DEFAULT_MAX_FRAME } from './handshake.js';
import { socketAddress, type SocketAddress } from './socket-address.js';

/** How a hub listens. */
export interface ListenOptions {
  /**
   * Path of the socket, or on Windows name of the pipe; default: in a new directory of its own, which only this user
   * can enter. A socket that a dead process has left there is replaced.
   */
  readonly path?: string | undefined;
  /** What a client has to know; default: a random one. */
  readonly token?: string | undefined;
  /** The largest message that is taken; default: 16 MiB. Whoever sends a larger one is cut off. */
  readonly maxFrame?: Size | undefined;
}

/** A hub that can be reached by other processes of this machine. */
export interface IpcListener extends AsyncDisposable {
  /** Path of the socket, or name of the pipe. */
  readonly address: string;
  readonly token: string;
  /** What {@link connectIpcSocket} reads: give it to programs that shall connect. */
  readonly environment: Readonly<Record<'PROC_IPC_ADDRESS' | 'PROC_IPC_TOKEN', string>>;
  /** Takes no more clients, cuts off those that are there, and removes the socket. Idempotent. */
  close(): Promise<void>;
}

/**
 * Lets unrelated processes of this user connect to a hub, by a UNIX socket of mode 0600 and a token, or on Windows by a
 * named pipe and a token. The listening keeps this process alive; the socket is removed when it exits.
 *
 * @throws {@link AddressError} when it can not listen there, or another hub does
 * @throws {@link InvalidArgumentError} for options that can not be, such as an empty token
 */
export async function listenIpc(hub: IpcHub, options: ListenOptions = {}): Promise<IpcListener> {
  const token = options.token ?? randomBytes(32).toString('hex');
  if (token === '') throw new InvalidArgumentError('The token is a text that is not empty.');
  const maxFrame =
    options.maxFrame === undefined ? DEFAULT_MAX_FRAME : parseSize(options.maxFrame, 'maxFrame');
  const address = socketAddress(options.path);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    acceptClient(socket, { hub, token, maxFrame });
  });
  try {
    await listen(server, address);
  } catch (cause) {
    if (AddressError.is(cause)) throw cause;
    if (options.path === undefined) address.remove();
    const reason = (cause as Error).message;
    throw new AddressError(`Can not listen at "${address.path}": ${reason}`, { cause });
  }
  // One client that could not be accepted is no reason to end the process.
  server.on('error', () => undefined);
  if (!address.isPipe) chmodSync(address.path, 0o600);
  const remove = (): void => {
    address.remove();
  };
  process.once('exit', remove);
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= new Promise((resolve) => {
      server.close(() => {
        process.off('exit', remove);
        remove();
        resolve();
      });
      for (const socket of sockets) socket.destroy();
    });
    return closing;
  };
  const environment = { PROC_IPC_ADDRESS: address.path, PROC_IPC_TOKEN: token };
  return { address: address.path, token, environment, close, [Symbol.asyncDispose]: close };
}

async function listen(server: Server, address: SocketAddress): Promise<void> {
  try {
    await tryListen(server, address.path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || address.isPipe) throw error;
    await removeStale(address.path);
    await tryListen(server, address.path);
  }
}

function tryListen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Removes a socket that nobody listens at. @throws {@link AddressError} when somebody does, or it is no socket */
async function removeStale(path: string): Promise<void> {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket() === false) {
    throw new AddressError(`"${path}" is there already, and is no socket.`);
  }
  const inUse = await new Promise<boolean>((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
  if (inUse) throw new AddressError(`Another process listens at "${path}".`);
  rmSync(path, { force: true });
}
