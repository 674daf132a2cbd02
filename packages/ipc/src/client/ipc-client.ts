import { InvalidArgumentError, showValue, uniqueId } from '@proc/core/essentials';
import type { Ipc } from '../contracts/ipc.js';
import type { IpcStats } from '../contracts/ipc-stats.js';
import type { WaitOptions } from '../contracts/wait-options.js';
import { SharedPrimitives } from '../shared/shared-primitives.js';
import type { Connection } from './connection.js';
import { IpcBarrier } from './ipc-barrier.js';
import { IpcChannel, type ChannelOptions } from './ipc-channel.js';
import { IpcEvent } from './ipc-event.js';
import { IpcLock, type LockOptions } from './ipc-lock.js';
import { IpcQueue, type QueueOptions } from './ipc-queue.js';
import { IpcRwLock } from './ipc-rw-lock.js';
import { IpcSemaphore } from './ipc-semaphore.js';
import { IpcValue, type ValueOptions } from './ipc-value.js';
import { requireKnown } from './require-known.js';
import { Scopes } from './scopes.js';
import {
  ServedFunctions,
  type Served,
  type ServedFunction,
  type ServeOptions,
} from './served-functions.js';

/** The primitives of a hub at the other end of a connection. */
export class IpcClient implements Ipc {
  readonly shared: SharedPrimitives;
  readonly #connection: Connection;
  readonly #scopes: Scopes;
  readonly #served: ServedFunctions;

  constructor(connection: Connection, scopes = new Scopes(), served?: ServedFunctions) {
    this.#connection = connection;
    this.#scopes = scopes;
    this.shared = new SharedPrimitives(connection);
    // One for the connection: a name is served once over it.
    this.#served = served ?? new ServedFunctions(connection);
  }

  get lost(): AbortSignal {
    return this.#connection.lost;
  }

  queue<T>(name = uniqueId(), options: QueueOptions = {}): IpcQueue<T, never> {
    requireKnown('a queue', options, ['maxSize', 'ack', 'maxDeliveries']);
    return new IpcQueue(this.#connection, name, options);
  }

  value<T>(name = uniqueId(), options: ValueOptions = {}): IpcValue<T> {
    requireKnown('a value', options, ['type', 'initial']);
    const { type, initial } = options;
    return new IpcValue(this.#connection, name, { type, initial });
  }

  event(name = uniqueId()): IpcEvent {
    return new IpcEvent(this.#connection, name);
  }

  lock(name = uniqueId(), options: LockOptions = {}): IpcLock {
    requireKnown('a lock', options, ['reentrant']);
    return new IpcLock(this.#connection, this.#scopes, name, options);
  }

  rwlock(name = uniqueId()): IpcRwLock {
    return new IpcRwLock(this.#connection, this.#scopes, name);
  }

  semaphore(name = uniqueId(), permits = 1): IpcSemaphore {
    return new IpcSemaphore(this.#connection, this.#scopes, name, permits);
  }

  barrier(name = uniqueId(), parties: number): IpcBarrier {
    return new IpcBarrier(this.#connection, name, parties);
  }

  channel<T>(name = uniqueId(), options: ChannelOptions = {}): IpcChannel<T> {
    requireKnown('a channel', options, ['history']);
    return new IpcChannel(this.#connection, name, options);
  }

  async serve(name: string, run: ServedFunction, options: ServeOptions = {}): Promise<Served> {
    requireKnown('serve()', options, ['concurrency']);
    const { concurrency = Number.POSITIVE_INFINITY } = options;
    if (typeof run !== 'function') {
      throw new InvalidArgumentError(`What is served is a function, not ${showValue(run)}.`);
    }
    return this.#served.serve(name, run, concurrency);
  }

  async call<T>(name: string, args: readonly unknown[] = [], wait?: WaitOptions): Promise<T> {
    if (!Array.isArray(args)) {
      throw new InvalidArgumentError(`The arguments of a call are a list, not ${showValue(args)}.`);
    }
    return this.#connection.request('rpc.call', name, { args, wait });
  }

  scope<T>(run: () => T): T;
  scope(): Ipc;
  scope(run?: () => unknown): unknown {
    if (run !== undefined) return this.#scopes.enter(run);
    return new IpcClient(this.#connection, this.#scopes.within(), this.#served);
  }

  progress(value: unknown): void {
    this.#connection.report(value);
  }

  stats(): Promise<IpcStats> {
    return this.#connection.request('hub.stats', 'hub');
  }

  async close(): Promise<void> {
    this.#connection.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
