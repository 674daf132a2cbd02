import type { TaskContext } from '../contracts/task-context.js';
import type { TaskPattern } from './task-pattern.js';

/**
 * What takes the place of a function:
 *
 * - a function: is called with the copied arguments and the context, and may use what is around it
 * - what `describe()` or `sequence()` gives
 * - an Error: is thrown
 * - anything else: is the result
 */
export type TaskFake = unknown;

/** A function in the place of another. */
export type FakeTaskFunction = (...args: never[]) => unknown;

/** Fakes by the names of tasks, or by any patterns. */
export type TaskFakes =
  | Readonly<Record<string, TaskFake>>
  | ReadonlyMap<TaskPattern, TaskFake>
  | readonly (readonly [TaskPattern, TaskFake])[];

/** Decides for every task. */
export type TaskFakeClosure = (
  name: string,
  args: readonly unknown[],
  context: TaskContext,
) => unknown;
