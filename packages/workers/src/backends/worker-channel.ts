import type { WorkerKind } from '../contracts/worker-kind.js';
import type { Transferable } from '../functions/transfer.js';
import type { FromWorker, ToWorker } from '../protocol/frames.js';

/** How a worker ended. */
export interface WorkerEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What could not be started, or what nobody caught. */
  readonly error: Error | undefined;
  /** The end of what it wrote to stderr. */
  readonly stderr: string;
  readonly outOfMemory: boolean;
}

/** Hears of a worker. */
export interface WorkerListener {
  onItems(items: readonly FromWorker[]): void;
  /** It has begun to end, and runs nothing more; {@link onEnd} follows. May be left out, or told twice. */
  onGoing(): void;
  /** Called exactly once, however the worker went; nothing is heard of it afterwards. */
  onEnd(end: WorkerEnd): void;
}

/** How a worker is started. */
export interface WorkerLaunch {
  readonly output: 'inherit' | 'capture' | 'ignore';
  readonly env: Readonly<Record<string, string>>;
  readonly execArgv: readonly string[] | undefined;
  /** Tasks that run at once. */
  readonly concurrency: number;
  /** Bytes. */
  readonly maxHeap: number | undefined;
}

/** A started worker, of whatever kind. */
export interface WorkerChannel {
  readonly pid: number | undefined;
  readonly threadId: number | undefined;
  /** So far, where what crosses is made into bytes. */
  readonly bytes?: { readonly sent: number; readonly received: number } | undefined;
  /**
   * Sends a frame; to a worker that is gone, nothing happens.
   *
   * @throws a `DataCloneError` when something in it can not be copied; then nothing was sent
   */
  send(items: readonly ToWorker[], transferList: readonly Transferable[]): void;
  /** The last task that the worker has begun, also after its end; infinite where it can not be known. */
  started(): number;
  /** Lets a task see that it is to end, even if it never lets go. */
  abort(seq: number): void;
  /**
   * Takes a task back, if it was sent with {@link Ask.look} and has not begun.
   *
   * @returns whether it will never begin; when not, it has, or the worker says that it dropped it
   */
  withdraw(seq: number): boolean;
  /** Whether this program has to stay for the worker. */
  hold(state: 'busy' | 'idle'): void;
  /** Ends the worker at once. */
  kill(): void;
}

/** A kind of workers. */
export interface WorkerBackend {
  readonly kind: WorkerKind;
  /** Never throws: what can not be started has an end. */
  start(launch: WorkerLaunch, listener: WorkerListener): WorkerChannel;
}
