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

const SENDER = '@proc/workers fork';

/** What comes from a forked process, marked: the function, and libraries in it, may send messages of their own. */
export interface FromFork {
  readonly sender: typeof SENDER;
  readonly said: ForkAnswer | ForkFrame;
}

export function fromFork(said: ForkAnswer | ForkFrame): FromFork {
  return { sender: SENDER, said };
}

export function isFromFork(message: unknown): message is FromFork {
  return (message as Partial<FromFork> | null | undefined)?.sender === SENDER;
}
