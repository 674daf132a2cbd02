import type { ServiceIdentifier } from '@proc/core/internal';
import type { Delivery } from '../client/delivery.js';
import type { IpcBarrier } from '../client/ipc-barrier.js';
import type { ChannelOptions, IpcChannel } from '../client/ipc-channel.js';
import type { IpcEvent } from '../client/ipc-event.js';
import type { IpcLock, LockOptions } from '../client/ipc-lock.js';
import type { IpcQueue, QueueOptions } from '../client/ipc-queue.js';
import type { IpcRwLock } from '../client/ipc-rw-lock.js';
import type { IpcSemaphore } from '../client/ipc-semaphore.js';
import type { IpcValue, ValueOptions, ValueType, ValueTypes } from '../client/ipc-value.js';
import type { Served, ServedFunction, ServeOptions } from '../client/served-functions.js';
import type { SharedPrimitives } from '../shared/shared-primitives.js';
import type { IpcStats } from './ipc-stats.js';
import type { WaitOptions } from './wait-options.js';

/**
 * Queues, values, locks and so on, shared by all who are connected to one hub. A primitive is made by the first use of
 * its name; the kinds have names of their own each. Without a name it gets one that nobody else has, to be sent to
 * others.
 *
 * Every method that returns a promise rejects with a {@link BrokerGoneError} when the hub is gone.
 */
export interface Ipc extends AsyncDisposable {
  /** A queue that several fill and several empty; what is taken comes back unless it is acknowledged. */
  queue<T>(
    name: string,
    options: QueueOptions & { readonly ack: 'manual' },
  ): IpcQueue<T, Delivery<T>>;
  /** A queue that several fill and several empty: each item goes to one of them. */
  queue<T>(name?: string, options?: QueueOptions): IpcQueue<T>;
  /** A value of one kind that everybody sees and changes: a counter, a flag. */
  value<Type extends Exclude<ValueType, 'json'>>(
    name: string | undefined,
    options: ValueOptions<Type> & { readonly type: Type },
  ): IpcValue<ValueTypes[Type]>;
  /** A value that everybody sees and changes: anything that can be sent. */
  value<T = unknown>(name?: string, options?: ValueOptions<'json', T>): IpcValue<T>;
  /** A flag that others can wait for. */
  event(name?: string): IpcEvent;
  /** One holder at a time, over all processes; released when its holder is lost. */
  lock(name?: string, options?: LockOptions): IpcLock;
  /** Many readers, or one writer. */
  rwlock(name?: string): IpcRwLock;
  /**
   * So many holders at a time.
   *
   * @param permits - default: 1
   */
  semaphore(name?: string, permits?: number): IpcSemaphore;
  /** Lets nobody on until so many wait. */
  barrier(name: string | undefined, parties: number): IpcBarrier;
  /** Messages for all who have subscribed. */
  channel<T>(name?: string, options?: ChannelOptions): IpcChannel<T>;
  /**
   * Serves a function to all others. Several may serve one name: they take turns.
   *
   * @throws {@link IpcMismatchError} when this connection serves the name already
   */
  serve(name: string, run: ServedFunction, options?: ServeOptions): Promise<Served>;
  /**
   * Calls a function that somebody serves. It is called once or not at all: when the one who runs it is lost, nobody
   * knows how far it came, and it is not called again.
   *
   * @throws {@link NotServedError}, {@link IpcTimeoutError}, {@link IpcCancelledError}
   * @throws {@link PeerGoneError} when the one who runs it is lost
   * @throws {@link RemoteCallError} when it throws
   */
  call<T = unknown>(name: string, args?: readonly unknown[], options?: WaitOptions): Promise<T>;
  /**
   * Runs a function in a scope of its own: locks acquired in it belong to it, and to no other that runs at the same
   * time in this process. So the hub can tell a deadlock from waiting, and who may enter a lock again. `withLock` and
   * its like do this by themselves.
   */
  scope<T>(run: () => T): T;
  /**
   * The same connection, as a scope that needs no function around it: all that is acquired through what this returns
   * belongs to it, wherever that is done. So has each task of a worker its own.
   */
  scope(): Ipc;
  /** Primitives in memory that the threads of one process share. */
  readonly shared: SharedPrimitives;
  /** Tells the hub how far this process has come; the hub's statistics show it from the next heartbeat on. */
  progress(value: unknown): void;
  /** Everything that is held and waited for, by anybody. */
  stats(): Promise<IpcStats>;
  /** Aborts when the connection is lost or closed: what was held is held no more. */
  readonly lost: AbortSignal;
  /** Ends the connection, and so releases what is held over it. Idempotent. */
  close(): Promise<void>;
}

export const Ipc: ServiceIdentifier<Ipc> = Symbol.for('@proc/ipc/Ipc');
