/** Where a task is: `sent` to a worker means that it may have begun. */
export type TaskStatus =
  'waiting' | 'queued' | 'sent' | 'running' | 'done' | 'failed' | 'cancelled' | 'timedOut';

/** A task that was submitted. */
export interface TaskHandle<R = unknown> {
  readonly id: string;
  readonly name: string;
  readonly status: TaskStatus;
  /** Settles exactly once, whatever happens. A rejection that nobody looks at is not reported. */
  readonly result: Promise<R>;
  /**
   * Resolves when the pool has taken it in; at once, unless it has to wait for room. Rejects like the result when it
   * ends before, as where the pool is full or closed.
   */
  readonly accepted: Promise<void>;
  /** From 1. */
  readonly attempt: number;
  /** Number of the worker that it was sent to. */
  readonly workerId: number | undefined;
  /** Of its worker, while it is there and is a process. */
  readonly pid: number | undefined;
  /** Of its worker, while it is there and is a thread. */
  readonly threadId: number | undefined;
  /** What it has printed, where the pool captures it; the last mebibyte of each stream. */
  readonly stdout: string;
  readonly stderr: string;
  /**
   * Asks for its end; the result rejects at once. A task that waits is taken away; one that runs gets its signal, and
   * when it has not ended after `grace` its worker is replaced.
   *
   * @returns whether there was anything to cancel
   */
  cancel(reason?: unknown): boolean;
  /**
   * Sends a value to `context.onMessage()`, also before the task has begun. To a task that has ended, nothing happens;
   * one that is tried again does not hear again what its earlier attempt was sent.
   *
   * @throws {@link UncloneableValueError}
   */
  send(value: unknown): void;
  /** Receives what the task emits from now on. */
  onEmit(listener: (value: unknown) => void): this;
}
