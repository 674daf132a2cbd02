import path from 'node:path';
import type { ModuleTask } from '../../src/functions/module-task.js';
import { task } from '../../src/functions/task.js';

const known = new Map<string, ModuleTask>();

type Work<R> = (...args: readonly unknown[]) => R;

/** A function of `fixtures/pool/work.cjs`; it comes to whatever the test says. */
export function work<R = unknown>(name: string): ModuleTask<Work<R>> {
  const made = known.get(name) ?? task(path.join(__dirname, '../fixtures/pool/work.cjs'), name);
  known.set(name, made);
  return made as ModuleTask<Work<R>>;
}
