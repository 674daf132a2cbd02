import { connect, type Socket } from 'node:net';
import { allowManyListeners, formatDuration, realTime } from '@proc/core/internal';
import type { FramePort } from '../../contracts/frame-port.js';
import { ConnectionRefusedError } from '../../errors/connection-refused-error.js';
import { IpcCancelledError } from '../../errors/ipc-cancelled-error.js';
import { first } from './accept-client.js';
import { FrameReader, withLength } from './frame-codec.js';
import { DEFAULT_MAX_FRAME, helloOf, LARGEST_HELLO, readWelcome } from './handshake.js';
import { SocketPort } from './socket-port.js';

/** Where to, with what, and for how long. */
export interface Attempt {
  readonly address: string;
  readonly token: string;
  readonly ms: number;
  /** When this will be over, by the real time, as of `realTime.now()`. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Connects to a hub, once.
 *
 * @throws {@link ConnectionRefusedError} when there is no hub, the token is wrong, or it takes too long
 * @throws {@link IpcCancelledError} when the signal aborts before
 */
export function openPort({ address, token, ms, deadline, signal }: Attempt): Promise<FramePort> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(cancelled(address, signal));
      return;
    }
    let limit = LARGEST_HELLO;
    const reader = new FrameReader(() => limit);
    const socket: Socket = connect({ path: address });
    const settle = (): void => {
      realTime.clearTimeout(timer);
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
    // Node 24 warns of a timer of less than no time.
    const left = Math.max(0, deadline - realTime.now());
    const timer = realTime.setTimeout(() => {
      refuse(`it has not answered within ${formatDuration(ms)}`);
    }, left);
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

/** The error of a connection that was given up. */
export function cancelled(address: string, signal: AbortSignal | undefined): IpcCancelledError {
  const message = `Connecting to the hub at "${address}" was cancelled.`;
  return new IpcCancelledError(message, { cause: signal?.reason });
}
