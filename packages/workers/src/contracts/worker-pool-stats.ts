/** Times in milliseconds; parts of all are accurate to some 10 per cent. */
export interface TimeSummary {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** A worker at one moment. */
export interface WorkerStats {
  readonly id: number;
  readonly state: WorkerState;
  readonly pid: number | undefined;
  readonly threadId: number | undefined;
  readonly tasks: number;
  /** Tasks that it was sent and has not finished. */
  readonly inFlight: number;
  readonly ageMs: number;
  /** Bytes, as it told last. */
  readonly memory: number | undefined;
}

/** `spare` waits to take the place of another one, `leaving` takes no more tasks, `stopping` has been told to go. */
export type WorkerState = 'starting' | 'spare' | 'ready' | 'leaving' | 'stopping' | 'gone';

/** Numbers of a pool at one moment. */
export interface WorkerPoolStats {
  readonly name: string;
  readonly kind: 'process' | 'thread' | 'inline';
  readonly min: number;
  readonly max: number;
  /** Why there are so many workers at most. */
  readonly sizeReason: 'option' | 'PROC_WORKERS' | 'cgroup' | 'processors';
  readonly workers: readonly WorkerStats[];
  readonly queued: number;
  /** Tasks that are not yet let in. */
  readonly waiting: number;
  readonly inFlight: number;
  readonly submitted: number;
  readonly completed: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly timedOut: number;
  readonly retried: number;
  /** Tasks that went back to the front of the queue, since their worker was gone before they began. */
  readonly requeued: number;
  readonly started: number;
  readonly crashed: number;
  readonly recycled: number;
  /** From submission to the worker. */
  readonly waitMs: TimeSummary;
  readonly runMs: TimeSummary;
  /** What this program took to send each frame, which has several tasks where many are submitted: to copy values. */
  readonly sendMs: TimeSummary;
  /** What crossed to and from workers. `undefined` for threads, where nothing is made into bytes, and inline. */
  readonly bytes: { readonly sent: number; readonly received: number } | undefined;
  /** Share of the workers' time in which they ran tasks, from 0 to 1. */
  readonly utilization: number;
  /** Whether starts have failed so often that none is tried at the moment. */
  readonly broken: boolean;
  /** Why the system can start no more workers for now, so that tasks wait; `undefined` where it can. */
  readonly shortage: string | undefined;
}
