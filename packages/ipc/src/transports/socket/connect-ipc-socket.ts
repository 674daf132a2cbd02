import { connect, type Socket } from 'node:net';
import { InvalidArgumentError, type Duration } from '@proc/core';
import {
  allowManyListeners,
  formatDuration,
  isAbortSignal,
  parseDuration,
  showValue,
} from '@proc/core/internal';
import { requireKnown } from '../../client/require-known.js';
import { connectIpc } from '../../connect-ipc.js';
import type { FramePort } from '../../contracts/frame-port.js';
import type { Ipc } from '../../contracts/ipc.js';
import { ConnectionRefusedError } from '../../errors/connection-refused-error.js';
import { IpcCancelledError } from '../../errors/ipc-cancelled-error.js';
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
  /** Gives it up; once connected, {@link Ipc.close} ends the connection. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Connects to a hub of another process on this machine. The connection keeps this process alive while it waits for
 * something, or serves a function.
 *
 * @throws {@link ConnectionRefusedError} when there is no hub, the token is wrong, or it takes too long
 * @throws {@link IpcCancelledError} when the signal aborts before
 * @throws {@link InvalidArgumentError} when neither the options nor the environment say where
 */
export async function connectIpcSocket(options: SocketOptions = {}): Promise<Ipc> {
  requireKnown('connectIpcSocket()', options, ['address', 'token', 'name', 'timeout', 'signal']);
  const { env } = process;
  const address = options.address ?? env['PROC_IPC_ADDRESS'];
  const token = options.token ?? env['PROC_IPC_TOKEN'];
  if (address === undefined || token === undefined) {
    throw new InvalidArgumentError(
      'Give the address and the token of a hub, or set PROC_IPC_ADDRESS and PROC_IPC_TOKEN.',
    );
  }
  const ms = parseDuration(options.timeout ?? HANDSHAKE_MS, 'timeout');
  const { name, signal } = options;
  if (signal !== undefined && !isAbortSignal(signal)) {
    throw new InvalidArgumentError(`signal is an AbortSignal, not ${showValue(signal)}.`);
  }
  return connectIpc(await openPort({ address, token, ms, signal }), { name });
}

/** Where to, with what, and for how long. */
interface Attempt {
  readonly address: string;
  readonly token: string;
  readonly ms: number;
  readonly signal: AbortSignal | undefined;
}

function openPort({ address, token, ms, signal }: Attempt): Promise<FramePort> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(cancelled(address, signal));
      return;
    }
    let limit = LARGEST_HELLO;
    const reader = new FrameReader(() => limit);
    const socket: Socket = connect(address);
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    const fail = (error: Error): void => {
      settle();
      socket.destroy();
      reject(error);
    };
    const abort = (): void => {
      fail(cancelled(address, signal));
    };
    const refuse = (reason: string, cause?: unknown): void => {
      const message = `Could not connect to the hub at "${address}": ${reason}.`;
      fail(new ConnectionRefusedError(message, { cause }));
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
        settle();
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
    if (signal === undefined) return;
    allowManyListeners(signal);
    signal.addEventListener('abort', abort, { once: true });
  });
}

function cancelled(address: string, signal: AbortSignal | undefined): IpcCancelledError {
  const message = `Connecting to the hub at "${address}" was cancelled.`;
  return new IpcCancelledError(message, { cause: signal?.reason });
}
