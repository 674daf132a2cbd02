import { ProcEvent } from '@proc/core';

/** A task as events tell of it. */
export interface TaskIdentity {
  readonly id: string;
  readonly name: string;
  /** From 1. */
  readonly attempt: number;
  readonly workerId: number | undefined;
}

/** An event in the life of a task of a pool of workers. */
export abstract class TaskEvent extends ProcEvent {
  constructor(
    readonly poolId: string,
    readonly poolName: string,
    readonly task: TaskIdentity,
  ) {
    super();
  }
}

/** A task was handed to a pool. */
export class TaskSubmitted extends TaskEvent {
  override readonly name = 'TaskSubmitted';
}

/** A task has begun; not told of those that are so short that they are sent ahead. */
export class TaskStarted extends TaskEvent {
  override readonly name = 'TaskStarted';
}

/** A task is done. */
export class TaskCompleted extends TaskEvent {
  override readonly name = 'TaskCompleted';

  constructor(
    poolId: string,
    poolName: string,
    task: TaskIdentity,
    /** Milliseconds that it ran. */
    readonly runMs: number,
  ) {
    super(poolId, poolName, task);
  }
}

/** A task will be tried again. */
export class TaskRetrying extends TaskEvent {
  override readonly name = 'TaskRetrying';

  constructor(
    poolId: string,
    poolName: string,
    task: TaskIdentity,
    readonly error: Error,
    readonly delayMs: number,
  ) {
    super(poolId, poolName, task);
  }
}

/** A task has failed, was cancelled, or took too long. */
export class TaskFailed extends TaskEvent {
  override readonly name = 'TaskFailed';

  constructor(
    poolId: string,
    poolName: string,
    task: TaskIdentity,
    readonly status: 'failed' | 'cancelled' | 'timedOut',
    readonly error: Error,
  ) {
    super(poolId, poolName, task);
  }
}
