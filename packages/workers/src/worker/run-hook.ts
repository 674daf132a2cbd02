import { loadTask } from '../functions/load-task.js';
import type { TaskReference } from '../functions/task-reference.js';

/** Runs a pool's `setup` or `teardown` in the worker. */
export async function runHook(hook: TaskReference, args: readonly unknown[]): Promise<unknown> {
  const loaded = await loadTask(hook);
  const context = { with: loaded.with, require: loaded.require, import: loaded.import };
  return loaded.fn(...args, context);
}
