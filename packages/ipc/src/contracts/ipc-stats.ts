/** Somebody who holds something. */
export interface IpcHolder {
  /** Id of the session. */
  readonly session: string;
  readonly sessionName: string;
  /** The fencing token. */
  readonly token: number;
  /** How many permits, or how often a lock was entered. */
  readonly count: number;
  /** Monotonic time of the hub's process, in milliseconds. */
  readonly since: number;
}

/** Somebody who waits. */
export interface IpcWaiter {
  readonly session: string;
  readonly sessionName: string;
  /** What was asked for, e.g. `lock.acquire`. */
  readonly operation: string;
  readonly since: number;
}

/** The kinds of primitives; `'memory'` is what threads share, by names that begin with its use. */
export type IpcKind =
  | 'queue'
  | 'value'
  | 'event'
  | 'lock'
  | 'rwlock'
  | 'semaphore'
  | 'barrier'
  | 'channel'
  | 'rpc'
  | 'memory';

/** One primitive at one moment. */
export interface IpcPrimitiveStats {
  readonly kind: IpcKind;
  readonly name: string;
  readonly holders: readonly IpcHolder[];
  readonly waiters: readonly IpcWaiter[];
  /** What else there is to say, by kind: `size` and `unacknowledged` of a queue, `set` of an event, … */
  readonly details: Readonly<Record<string, unknown>>;
}

/** How a session is. `'unresponsive'`: its process lives, and has not answered lately. */
export type SessionState = 'alive' | 'unresponsive' | 'gone';

/** One session at one moment. */
export interface IpcSessionStats {
  readonly id: string;
  readonly name: string;
  /** Of the process at the other end; `undefined` until it has introduced itself. */
  readonly pid: number | undefined;
  readonly state: SessionState;
  /** Monotonic time of the hub's process at which something last came from it. */
  readonly lastSeen: number;
  /** What it last reported by `ipc.progress()`. */
  readonly progress: unknown;
}

/** Everything that a hub has. */
export interface IpcStats {
  readonly sessions: readonly IpcSessionStats[];
  readonly primitives: readonly IpcPrimitiveStats[];
}
