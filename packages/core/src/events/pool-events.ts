import { ProcEvent } from './proc-event.js';

/** What a pool may be told to leave to others: see its options `minFreeMemory`, `maxLoad` and `minFreeDescriptors`. */
export type PoolGate = 'memory' | 'load' | 'descriptors';

/** Numbers of a pool at one moment. */
export interface PoolProgressSnapshot {
  /** `null` while the pool reads from an iterable whose length is unknown. */
  readonly total: number | null;
  readonly queued: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Entries that will not be started. */
  readonly skipped: number;
  /** Whether fewer run than may: the machine has no descriptors, processes or memory for more. */
  readonly throttled: boolean;
  /** What entries wait for that would have a place: more free memory, less load, more free descriptors. */
  readonly gate: PoolGate | null;
  /** Estimated time to the end; `null` until it can be estimated. */
  readonly etaMs: number | null;
}

/** An event in the life of a pool. */
export abstract class PoolEvent extends ProcEvent {
  constructor(
    readonly poolId: string,
    readonly progress: PoolProgressSnapshot,
  ) {
    super();
  }
}

/** A pool begins. */
export class PoolStarted extends PoolEvent {
  override readonly name = 'PoolStarted';
}

/** An entry of a pool began, ended, was skipped, or waits again for want of resources. */
export class PoolProgress extends PoolEvent {
  override readonly name = 'PoolProgress';

  constructor(
    poolId: string,
    progress: PoolProgressSnapshot,
    /** The entry that changed. */
    readonly key: string | number,
  ) {
    super(poolId, progress);
  }
}

/** All entries of a pool have ended. */
export class PoolCompleted extends PoolEvent {
  override readonly name = 'PoolCompleted';
}
