import { InvalidArgumentError, type Duration } from '@proc/core';
import { isAbortSignal, parseDuration, realPause, realTime, showValue } from '@proc/core/internal';
import { requireKnown } from '../../client/require-known.js';
import { connectIpc } from '../../connect-ipc.js';
import type { FramePort } from '../../contracts/frame-port.js';
import type { Ipc } from '../../contracts/ipc.js';
import { ConnectionRefusedError } from '../../errors/connection-refused-error.js';
import { HANDSHAKE_MS } from './handshake.js';
import { type Attempt, cancelled, openPort } from './open-port.js';

/** How long it waits where a hub has more who knock than the system lets wait, in milliseconds. */
const FULL_MS = 10;

const KNOWN = ['address', 'token', 'name', 'timeout', 'signal'];
/** What a listener has beside its address and its token. */
const OF_LISTENERS = ['environment', 'close'];

/** Which hub to connect to. What {@link listenIpc} gives will do as it is. */
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
  requireKnown('connectIpcSocket()', options, KNOWN, OF_LISTENERS);
  const { env } = process;
  const address = options.address ?? env['PROC_IPC_ADDRESS'];
  const token = options.token ?? env['PROC_IPC_TOKEN'];
  if (address === undefined || token === undefined) {
    throw new InvalidArgumentError(
      'Give the address and the token of a hub, or set PROC_IPC_ADDRESS and PROC_IPC_TOKEN.',
    );
  }
  for (const [option, given] of Object.entries({ address, token })) {
    if (typeof given === 'string') continue;
    throw new InvalidArgumentError(`${option} is a text, not ${showValue(given)}.`);
  }
  const ms = parseDuration(options.timeout ?? HANDSHAKE_MS, 'timeout');
  const deadline = realTime.now() + ms;
  const { name, signal } = options;
  if (signal !== undefined && !isAbortSignal(signal)) {
    throw new InvalidArgumentError(`signal is an AbortSignal, not ${showValue(signal)}.`);
  }
  return connectIpc(await openWhenRoom({ address, token, ms, deadline, signal }), { name });
}

/** Tries again where many connect at once: a system lets only so many wait for a hub. */
async function openWhenRoom(attempt: Attempt): Promise<FramePort> {
  const { address, deadline, signal } = attempt;
  for (;;) {
    try {
      return await openPort(attempt);
    } catch (error) {
      if (!isFull(error) || realTime.now() + FULL_MS >= deadline) throw error;
    }
    try {
      await realPause(FULL_MS, signal);
    } catch {
      throw cancelled(address, signal);
    }
  }
}

function isFull(error: unknown): boolean {
  if (!ConnectionRefusedError.is(error)) return false;
  return (error.cause as NodeJS.ErrnoException | undefined)?.code === 'EAGAIN';
}
