import type { ProcessManager, ProcError } from '@proc/core';
import { AsyncLocalStorage } from 'node:async_hooks';

/** What has come to light about an attempt after its start. */
export interface Attempt {
  failure?: ProcError;
}

const attempts = new AsyncLocalStorage<Attempt>();
const installed = new WeakSet<ProcessManager>();

/** The attempt that is being started. */
export function currentAttempt(): Attempt | undefined {
  return attempts.getStore();
}

/** Lets the runs of a manager end with what comes to light after their start: a handle can not fail. Idempotent. */
export function reportLateFailures(manager: ProcessManager): void {
  if (installed.has(manager)) return;
  installed.add(manager);
  manager.use(async (spec, next) => {
    const attempt: Attempt = {};
    const result = await attempts.run(attempt, () => next(spec));
    if (attempt.failure !== undefined) throw attempt.failure;
    return result;
  });
}
