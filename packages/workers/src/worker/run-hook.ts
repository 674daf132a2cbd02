import { createRequire } from 'node:module';
import type * as LoadTask from '../functions/load-task.js';
import type { TaskReference } from '../functions/task-reference.js';

/** Most pools have none. */
const later = createRequire(__filename);

/** Runs a pool's `setup` or `teardown` in the worker. */
export async function runHook(hook: TaskReference, args: readonly unknown[]): Promise<unknown> {
  const { loadTask } = later('../functions/load-task.js') as typeof LoadTask;
  const loaded = await loadTask(hook);
  const context = { with: loaded.with, require: loaded.require, import: loaded.import };
  return loaded.fn(...args, context);
}
