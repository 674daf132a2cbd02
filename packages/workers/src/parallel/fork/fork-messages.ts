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

/** What the function has emitted. */
interface ForkEmission {
  readonly emitted: unknown;
}

/** What a forked process says. */
export type FromForkSaid = ForkAnswer | ForkFrame | ForkEmission;

const SENDER = '@proc/workers fork';

/** What comes from a forked process, marked: the function, and libraries in it, may send messages of their own. */
export interface FromFork {
  readonly sender: typeof SENDER;
  readonly said: FromForkSaid;
}

export function fromFork(said: FromForkSaid): FromFork {
  return { sender: SENDER, said };
}

export function isFromFork(message: unknown): message is FromFork {
  return (message as Partial<FromFork> | null | undefined)?.sender === SENDER;
}
