import { fileURLToPath } from 'node:url';
import { taskLoadError } from '../../errors/late-errors.js';
import { realClock } from '../../worker/real-clock.js';
import { loadModuleTask } from '../load-task.js';
import type { LoadedTask } from '../loaded-task.js';
import type { ModuleReference } from '../task-reference.js';

/**
 * Loads the module of a task. The fake timers of a test give it neither more time nor less.
 *
 * @throws {@link TaskLoadError} when it can not be loaded, and when it is not within the time; it may be later
 */
export async function loadInTime(reference: ModuleReference, ms: number): Promise<LoadedTask> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = realClock.setTimeout(() => {
      reject(lateError(reference, ms));
    }, ms);
  });
  try {
    return await Promise.race([loadModuleTask(reference), late]);
  } finally {
    realClock.clearTimeout(timer);
  }
}

function lateError({ url, exportName }: ModuleReference, ms: number): Error {
  const message =
    `The module ${fileURLToPath(url)} was not loaded within ${ms} ms. ` +
    'It may wait at its top level for what never comes; else give the pool a larger startTimeout.';
  return taskLoadError(message, url, exportName);
}
