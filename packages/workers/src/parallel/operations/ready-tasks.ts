import { InvalidArgumentError } from '@proc/core';
import { showValue } from '@proc/core/internal';
import type { ModuleTask } from '../../functions/module-task.js';
import type { TaskReference } from '../../functions/task-reference.js';
import { type ShippingOptions, toTaskReference } from '../../functions/to-task-reference.js';
import type { TaskInput } from '../item-function.js';

type Work = ((...args: never[]) => unknown) | ModuleTask;

/** A task that is ready to be sent. */
export interface ReadyTask {
  readonly reference: TaskReference;
  readonly args: readonly unknown[];
}

/**
 * What was given to be run together, with the arguments of each.
 *
 * @throws {@link InvalidArgumentError} for what is no list, and what {@link toTaskReference} throws
 */
export function readyTasks(
  tasks: readonly TaskInput[],
  shipping: ShippingOptions,
): readonly ReadyTask[] {
  if (!Array.isArray(tasks)) {
    throw new InvalidArgumentError(
      `Tasks are given as a list of functions, but this was given: ${showValue(tasks)}.`,
    );
  }
  return tasks.map((task: TaskInput) => {
    const [work, ...args] = Array.isArray(task) ? (task as [Work, ...unknown[]]) : [task as Work];
    return { reference: toTaskReference(work, shipping), args };
  });
}
