import type { ProcessSpec } from '../contracts/process-spec.js';
import type { ProcessSnapshot } from '../contracts/running-process.js';
import { ProcEvent } from './proc-event.js';

/** What all events of one run have in common. */
export interface RunIdentity {
  /** Shared by all attempts of a run. */
  readonly runId: string;
  /** The entry's key in a pool or pipeline. */
  readonly key: string | number | undefined;
  /** From 1. */
  readonly attempt: number;
}

/** An event in the life of a process. */
export abstract class ProcessEvent extends ProcEvent {
  readonly runId: string;
  readonly key: string | number | undefined;
  readonly attempt: number;

  constructor(
    run: RunIdentity,
    readonly spec: ProcessSpec,
    /** The process at the moment of the event. */
    readonly process: ProcessSnapshot,
  ) {
    super();
    this.runId = run.runId;
    this.key = run.key;
    this.attempt = run.attempt;
  }
}
