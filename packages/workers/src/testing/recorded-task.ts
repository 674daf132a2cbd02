import type { TaskCall } from './task-call.js';

/** What became of a call. `crashed`: its worker was gone. */
export type RecordedTaskStatus =
  'running' | 'done' | 'failed' | 'crashed' | 'timedOut' | 'cancelled';

/** A call that was made, as it was when it was asked for. */
export interface RecordedTask extends TaskCall {
  readonly status: RecordedTaskStatus;
  /** What it returned. */
  readonly result: unknown;
  /** What it threw. */
  readonly error: unknown;
  /** Whether the real function ran, since no fake was registered. */
  readonly stray: boolean;
}

/** Chooses by what became of a call, too. */
export type RecordedTaskPredicate = (task: RecordedTask) => boolean;
