import { InvalidArgumentError, type Duration } from '@proc/core';
import {
  allowManyListeners,
  formatDuration,
  isAbortSignal,
  parseDuration,
  realTime,
  showValue,
} from '@proc/core/internal';
import { ConnectionRefusedError, IpcCancelledError, type Ipc } from '@proc/ipc';
import { requireKnown } from '@proc/ipc/internal';
import {
  REDIS_OPTIONS,
  resolveRedisOptions,
  type RedisOptions,
} from '../options/resolve-redis-options.js';
import { ClientLink } from './client-link.js';
import { RedisBroker } from './redis-broker.js';

/** Which hub to connect to, and how. */
export interface ConnectRedisOptions extends RedisOptions {
  /** For statistics and messages. */
  readonly name?: string | undefined;
  /** Until the hub has answered; default: 5 seconds. */
  readonly timeout?: Duration | undefined;
  /** Gives it up; once connected, {@link Ipc.close} ends the connection. */
  readonly signal?: AbortSignal | undefined;
}

const KNOWN: readonly string[] = [...REDIS_OPTIONS, 'name', 'timeout', 'signal'];

/**
 * Connects to the hub of a namespace, for as many sessions of this process as are wanted: they share one lease, which
 * this process renews. Give it to workers, as what they are connected to.
 *
 * @throws {@link ConnectionRefusedError} when there is no hub or no Redis, the token is wrong, or it takes too long
 * @throws {@link IpcCancelledError} when the signal aborts before
 * @throws {@link InvalidArgumentError} for options that can not be, before anything is opened
 */
export async function openRedisBroker(options: ConnectRedisOptions): Promise<RedisBroker> {
  requireKnown('a connection over Redis', options, KNOWN);
  const { name, signal, timeout = '5s' } = options;
  if (name !== undefined && (typeof name !== 'string' || name === '')) {
    throw new InvalidArgumentError(`name is a text that is not empty, not ${showValue(name)}.`);
  }
  if (signal !== undefined && !isAbortSignal(signal)) {
    throw new InvalidArgumentError(`signal is an AbortSignal, not ${showValue(signal)}.`);
  }
  const ms = parseDuration(timeout, 'timeout');
  const resolved = resolveRedisOptions(options);
  const where = `the hub of the namespace "${resolved.namespace}"`;
  if (signal?.aborted === true) throw cancelled(where, signal);
  const link = new ClientLink({ ...resolved, name });
  try {
    await inTime(link.open(), ms, where, signal);
  } catch (error) {
    void link.close();
    if (ConnectionRefusedError.is(error) || IpcCancelledError.is(error)) throw error;
    const reason = (error as Error).message.replace(/\.$/, '');
    const message = `Could not connect to ${where}: ${reason}.`;
    throw new ConnectionRefusedError(message, { cause: error });
  }
  return new RedisBroker(link, resolved.namespace);
}

/**
 * Connects to the hub of a namespace, which may be on another machine. The connection keeps this process alive while it
 * waits for something, or serves a function. Throws as {@link openRedisBroker} does.
 *
 * This process has to renew its lease: one that is held up for longer than that has lost what it held, and gets a
 * {@link BrokerGoneError}.
 */
export async function connectIpcRedis(options: ConnectRedisOptions): Promise<Ipc> {
  const broker = await openRedisBroker(options);
  const ipc = broker.ipc(options.name);
  const leave = (): void => void broker.close();
  const close = ipc.close.bind(ipc);
  // The process may exit right after that: it has to have been said.
  ipc.close = async () => {
    await close();
    await broker.close();
  };
  if (ipc.lost.aborted) leave();
  else ipc.lost.addEventListener('abort', leave, { once: true });
  return ipc;
}

async function inTime(
  opening: Promise<void>,
  ms: number,
  where: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  let stop = (): void => undefined;
  const given = new Promise<never>((_, reject) => {
    const timer = realTime.setTimeout(() => {
      const message = `Could not connect to ${where}: it has not answered within ${formatDuration(ms)}.`;
      reject(new ConnectionRefusedError(message));
    }, ms);
    const abort = (): void => {
      reject(cancelled(where, signal));
    };
    if (signal !== undefined) allowManyListeners(signal);
    signal?.addEventListener('abort', abort, { once: true });
    stop = () => {
      realTime.clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
  });
  try {
    await Promise.race([opening, given]);
  } finally {
    stop();
    opening.catch(() => undefined);
  }
}

function cancelled(where: string, signal: AbortSignal | undefined): IpcCancelledError {
  return new IpcCancelledError(`Connecting to ${where} was cancelled.`, { cause: signal?.reason });
}
