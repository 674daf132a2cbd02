import type { TaskContext } from '../contracts/task-context.js';
import type { ModuleTask } from '../functions/module-task.js';

/** The function that is meant, whether given itself or named. */
export type FunctionOf<T> =
  T extends ModuleTask<infer F> ? F : T extends (...args: never[]) => unknown ? T : never;

/** What a function is called with, but for the context that comes last. */
export type ArgumentsOf<T> =
  Parameters<FunctionOf<T>> extends [...infer A, TaskContext]
    ? A
    : Parameters<FunctionOf<T>> extends [...infer A, TaskContext?]
      ? A
      : Parameters<FunctionOf<T>>;

/** What a function comes to. */
export type ResultOf<T> = Awaited<ReturnType<FunctionOf<T>>>;
