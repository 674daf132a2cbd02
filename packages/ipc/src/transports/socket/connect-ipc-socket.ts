import { connect, type Socket } from 'node:net';
import { InvalidArgumentError, type Duration } from '@proc/core';
import { formatDuration, parseDuration } from '@proc/core/internal';
import { requireKnown } from '../../client/require-known.js';
import { connectIpc } from '../../connect-ipc.js';
import type { FramePort } from '../../contracts/frame-port.js';
import type { Ipc } from '../../contracts/ipc.js';
import { ConnectionRefusedError } from '../../errors/connection-refused-error.js';
import { first } from './accept-client.js';
import { FrameReader, withLength } from './frame-codec.js';
import {
  DEFAULT_MAX_FRAME,
  HANDSHAKE_MS,
  helloOf,
  LARGEST_HELLO,
  readWelcome,
} from './handshake.js';
import { SocketPort } from './socket-port.js';

/** Which hub to connect to. */
export interface SocketOptions {
  /** {@link IpcListener.address}; default: the environment variable `PROC_IPC_ADDRESS`. */
  readonly address?: string | undefined;
  /** {@link IpcListener.token}; default: the environment variable `PROC_IPC_TOKEN`. */
  readonly token?: string | undefined;
  /** For statistics and messages. */
  readonly name?: string | undefined;
  /** Default: 5 seconds. */
  readonly timeout?: Duration | undefined;
}

/**
 * Connects to a hub of another process on this machine. The connection keeps this process alive while it waits for
 * something, or serves a function.
 *
 * @throws {@link ConnectionRefusedError} when there is no hub, the token is wrong, or it takes too long
 * @throws {@link InvalidArgumentError} when neither the options nor the environment say where
 */
export async function connectIpcSocket(options: SocketOptions = {}): Promise<Ipc> {
  requireKnown('connectIpcSocket()', options, ['address', 'token', 'name', 'timeout']);
  const { env } = process;
  const address = options.address ?? env['PROC_IPC_ADDRESS'];
  const token = options.token ?? env['PROC_IPC_TOKEN'];
  if (address === undefined || token === undefined) {
    throw new InvalidArgumentError(
      'Give the address and the token of a hub, or set PROC_IPC_ADDRESS and PROC_IPC_TOKEN.',
    );
  }
  const ms = parseDuration(options.timeout ?? HANDSHAKE_MS, 'timeout');
  return connectIpc(await openPort(address, token, ms), { name: options.name });
}

function openPort(address: string, token: string, ms: number): Promise<FramePort> {
  return new Promise((resolve, reject) => {
    let limit = LARGEST_HELLO;
    const reader = new FrameReader(() => limit);
    const socket: Socket = connect(address);
    const refuse = (reason: string, cause?: unknown): void => {
      clearTimeout(timer);
      socket.destroy();
      const message = `Could not connect to the hub at "${address}": ${reason}.`;
      reject(new ConnectionRefusedError(message, { cause }));
    };
    const timer = setTimeout(() => {
      refuse(`it has not answered within ${formatDuration(ms)}`);
    }, ms);
    const onClose = (): void => {
      refuse('it hung up');
    };
    const receive = (chunk: Buffer): void => {
      try {
        const [body] = first(reader, chunk);
        if (body === undefined) return;
        const welcome = readWelcome(body);
        if (!welcome.ok) {
          refuse(welcome.reason);
          return;
        }
        limit = DEFAULT_MAX_FRAME;
        clearTimeout(timer);
        socket.off('data', receive).off('close', onClose);
        resolve(new SocketPort(socket, reader, welcome.maxFrame));
      } catch (error) {
        refuse('it is no hub', error);
      }
    };
    // Later errors end the session, by the `close` that follows them.
    socket.on('error', (error) => {
      refuse(error.message, error);
    });
    socket.on('close', onClose);
    socket.on('data', receive);
    socket.write(withLength(helloOf(token, DEFAULT_MAX_FRAME), LARGEST_HELLO));
  });
}
