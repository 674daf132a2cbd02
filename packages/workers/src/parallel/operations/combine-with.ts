import { loadTask } from '../../functions/load-task.js';
import { isModuleTask, type ModuleTask } from '../../functions/module-task.js';
import type { FunctionReference } from '../../functions/task-reference.js';
import type { Combine } from './reduce-items.js';

/** The function that folds puts results together as well, in this process. */
export async function combineWith(
  fn: ((...args: never[]) => unknown) | ModuleTask,
  reference: FunctionReference,
  given: Readonly<Record<string, unknown>>,
): Promise<Combine> {
  const context = { index: -1, with: given };
  const work = (isModuleTask(fn) ? (await loadTask(reference)).fn : fn) as (
    ...args: unknown[]
  ) => unknown;
  const combine = (one: unknown, other: unknown): unknown => work(one, other, context);
  return Object.assign(combine, { folds: reference.name });
}
