import { inspect } from 'node:util';
import type { WorkerKind } from '../contracts/worker-kind.js';
import type { FunctionReference } from '../functions/task-reference.js';

/** One call of a function in a worker: a task, or one item of `map` and its like. */
export interface TaskCall {
  /** That of the task, or else of its function or export; empty for a function without a name. */
  readonly name: string;
  /** Copies, as the worker has got them; without the context. */
  readonly args: readonly unknown[];
  /** The kind of its pool, or `fork`. */
  readonly kind: WorkerKind | 'fork';
  /** Of its pool, and its number there; undefined for `fork`. */
  readonly taskId: string | undefined;
  /** From 1. */
  readonly attempt: number;
  /** Of the item, in `map` and its like. */
  readonly index: number | undefined;
  readonly reference: FunctionReference | undefined;
}

const LONGEST = 120;

/** A call for a message: `resize('a.png', 200)`. */
export function describeCall({ name, args, index }: TaskCall): string {
  const list = args.map((arg) => inspect(arg, { depth: 1, breakLength: Infinity })).join(', ');
  const shown = list.length > LONGEST ? `${list.slice(0, LONGEST)}…` : list;
  const item = index === undefined ? '' : ` [item ${index}]`;
  return `${name === '' ? '(anonymous)' : name}(${shown})${item}`;
}
