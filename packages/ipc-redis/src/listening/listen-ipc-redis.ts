import { InvalidArgumentError } from '@proc/core';
import { isAbortSignal, showValue } from '@proc/core/internal';
import { AddressError, BrokerGoneError, IpcCancelledError, type IpcHub } from '@proc/ipc';
import { requireKnown } from '@proc/ipc/internal';
import type { LeaseLostError } from '../errors/lease-lost-error.js';
import {
  REDIS_OPTIONS,
  resolveRedisOptions,
  type RedisOptions,
} from '../options/resolve-redis-options.js';
import { HubInRedis } from './hub-in-redis.js';

/** Where a hub listens, and how. */
export interface ListenRedisOptions extends RedisOptions {
  /** Waits while another hub has the namespace, instead of being refused. */
  readonly wait?: boolean | undefined;
  /** Gives the waiting up. */
  readonly signal?: AbortSignal | undefined;
}

/** A hub that can be reached over Redis. */
export interface IpcRedisListener extends AsyncDisposable {
  readonly namespace: string;
  /** Resolves when it listens no more: to an error where its lease was lost, and the hub closed. Never rejects. */
  readonly closed: Promise<LeaseLostError | undefined>;
  /** Cuts off those who are connected over it, and lets the next hub have the namespace. Idempotent. */
  close(): Promise<void>;
}

/**
 * Lets processes of any machine connect to a hub, over a Redis that all of them reach. There is one hub in a namespace,
 * for as long as it renews its lease. When it can not, the hub is closed, with all of its sessions: another one may
 * have taken its place, and both would give away the same locks. The listening keeps this process alive.
 *
 * The state stays in this process's memory, and is gone with it; what Redis keeps beyond that is how many fencing
 * tokens have been given, so that the next hub's are larger.
 *
 * @throws {@link AddressError} when there is another hub in the namespace, or no Redis
 * @throws {@link BrokerGoneError} when the hub has been closed
 * @throws {@link IpcCancelledError} when the signal aborts while it waits
 * @throws {@link InvalidArgumentError} for options that can not be, before anything is opened
 */
export async function listenIpcRedis(
  hub: IpcHub,
  options: ListenRedisOptions,
): Promise<IpcRedisListener> {
  requireKnown('listenIpcRedis()', options, [...REDIS_OPTIONS, 'wait', 'signal']);
  const { wait = false, signal } = options;
  if (typeof wait !== 'boolean') {
    throw new InvalidArgumentError(`wait is true or false, not ${showValue(wait)}.`);
  }
  if (signal !== undefined && !isAbortSignal(signal)) {
    throw new InvalidArgumentError(`signal is an AbortSignal, not ${showValue(signal)}.`);
  }
  const resolved = resolveRedisOptions(options);
  if (hub.isClosed) throw new BrokerGoneError('A hub that is closed can not listen.');
  const { namespace } = resolved;
  const listening = new HubInRedis(hub, resolved);
  try {
    await listening.open({ wait, signal });
  } catch (cause) {
    await listening.close();
    if (AddressError.is(cause)) throw cause;
    if (signal?.aborted === true) {
      const message = `Waiting for the namespace "${namespace}" was cancelled.`;
      throw new IpcCancelledError(message, { cause: signal.reason });
    }
    const reason = (cause as Error).message;
    throw new AddressError(`Can not listen in the namespace "${namespace}": ${reason}`, { cause });
  }
  const close = (): Promise<void> => listening.close();
  return { namespace, closed: listening.closed, close, [Symbol.asyncDispose]: close };
}
