import type { ErrorEnvelope } from '../../errors/error-envelope.js';
import type { TaskReference } from '../../functions/task-reference.js';

/** What a forked process is told to run. */
export interface ForkOrder {
  readonly reference: TaskReference;
  readonly args: readonly unknown[];
}

/** What came of it. */
export type ForkAnswer = { readonly value: unknown } | { readonly error: ErrorEnvelope };

/** A frame between the function's `context.ipc` and the hub. */
export interface ForkFrame {
  readonly ipc: unknown;
}
