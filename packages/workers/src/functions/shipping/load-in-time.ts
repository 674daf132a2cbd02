import { clearTimeout, setTimeout } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { taskLoadError } from '../../errors/late-errors.js';
import { loadModuleTask } from '../load-task.js';
import type { LoadedTask } from '../loaded-task.js';
import type { ModuleReference } from '../task-reference.js';

/** The fake timers of a test give a module neither more time nor less. */
const realSetTimeout = setTimeout;
const realClearTimeout = clearTimeout;

/**
 * Loads the module of a task.
 *
 * @throws {@link TaskLoadError} when it can not be loaded, and when it is not within the time; it may be later
 */
export async function loadInTime(reference: ModuleReference, ms: number): Promise<LoadedTask> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = realSetTimeout(() => {
      reject(lateError(reference, ms));
    }, ms);
  });
  try {
    return await Promise.race([loadModuleTask(reference), late]);
  } finally {
    realClearTimeout(timer);
  }
}

function lateError({ url, exportName }: ModuleReference, ms: number): Error {
  const message =
    `The module ${fileURLToPath(url)} was not loaded within ${ms} ms. ` +
    'It may wait at its top level for what never comes; else give the pool a larger startTimeout.';
  return taskLoadError(message, url, exportName);
}
