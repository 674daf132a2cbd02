import { ProcEvent } from '@proc/core';

/** A worker as events tell of it. */
export interface WorkerIdentity {
  readonly id: number;
  readonly pid: number | undefined;
  readonly threadId: number | undefined;
}

/** An event in the life of a worker. */
export abstract class WorkerEvent extends ProcEvent {
  constructor(
    readonly poolId: string,
    readonly poolName: string,
    readonly worker: WorkerIdentity,
  ) {
    super();
  }
}

/** A worker is ready for tasks. */
export class WorkerReady extends WorkerEvent {
  override readonly name = 'WorkerReady';
}

/** Why a worker is gone: it was told to go, ended for a task that did not end, died, or never was ready. */
export type WorkerExitReason = 'left' | 'killed' | 'crashed' | 'startFailed';

/** A worker is gone. */
export class WorkerExited extends WorkerEvent {
  override readonly name = 'WorkerExited';

  constructor(
    poolId: string,
    poolName: string,
    worker: WorkerIdentity,
    readonly reason: WorkerExitReason,
    readonly exitCode: number | null,
    readonly signal: NodeJS.Signals | null,
  ) {
    super(poolId, poolName, worker);
  }
}

/** A worker has done enough, is old, or has grown, and will be replaced. */
export class WorkerRecycled extends WorkerEvent {
  override readonly name = 'WorkerRecycled';

  constructor(
    poolId: string,
    poolName: string,
    worker: WorkerIdentity,
    readonly reason: 'tasks' | 'age' | 'memory',
  ) {
    super(poolId, poolName, worker);
  }
}

/** A worker has more memory than it may, while it runs tasks: see `overMemory`. */
export class WorkerOverMemory extends WorkerEvent {
  override readonly name = 'WorkerOverMemory';

  constructor(
    poolId: string,
    poolName: string,
    worker: WorkerIdentity,
    /** Bytes. */
    readonly memory: number,
    readonly limit: number,
    /** Ids of the tasks that it has. */
    readonly tasks: readonly string[],
  ) {
    super(poolId, poolName, worker);
  }
}

/** A worker that has tasks does not answer; most likely one of them computes without a pause. */
export class WorkerUnresponsive extends WorkerEvent {
  override readonly name = 'WorkerUnresponsive';

  constructor(
    poolId: string,
    poolName: string,
    worker: WorkerIdentity,
    /** For how long, in milliseconds. */
    readonly silentMs: number,
    /** Ids of the tasks that it has. */
    readonly tasks: readonly string[],
  ) {
    super(poolId, poolName, worker);
  }
}

/** A worker answers again. */
export class WorkerResponsive extends WorkerEvent {
  override readonly name = 'WorkerResponsive';
}

/** A worker has printed something, and its pool captures it. */
export class WorkerOutput extends WorkerEvent {
  override readonly name = 'WorkerOutput';

  constructor(
    poolId: string,
    poolName: string,
    worker: WorkerIdentity,
    /** Whose it is; `null` when no task ran. */
    readonly taskId: string | null,
    readonly stream: 'stdout' | 'stderr',
    readonly text: string,
  ) {
    super(poolId, poolName, worker);
  }
}
