export { cpuCount, type CpuCount } from './manager/cpu-count.js';

// Functions and errors that travel.
export { task, defineTasks, type TasksOf } from './functions/task.js';
export { ModuleTask } from './functions/module-task.js';
export { transfer, type Transferable } from './functions/transfer.js';
export type { Capture, ShippingOptions } from './functions/to-task-reference.js';
export { registerErrorClass, type ErrorClass } from './errors/error-classes.js';
export { ClosureCaptureError, type CapturedVariable } from './errors/closure-capture-error.js';
export { RemoteError } from './errors/remote-error.js';
export { TaskLoadError } from './errors/task-load-error.js';
export { UncloneableValueError } from './errors/uncloneable-value-error.js';
export { UnshippableFunctionError } from './errors/unshippable-function-error.js';

// Work on many items.
export { Parallel, type ParallelEnvironment } from './parallel/parallel.js';
export { ParallelRun } from './parallel/parallel-run.js';
export { ForkedTask } from './parallel/fork/forked-task.js';
export { isSupported } from './parallel/support.js';
export type { Items } from './parallel/flow/item-source.js';
export type { ParallelPool } from './parallel/flow/parallel-pool.js';
export type {
  FoldFunction,
  ItemContext,
  ItemFunction,
  TaskInput,
  TaskResult,
  TasksOptions,
} from './parallel/item-function.js';
export type {
  MapOptions,
  ParallelOptions,
  ParallelProgress,
  ReduceOptions,
  SettleOptions,
  WorkerType,
} from './parallel/parallel-options.js';
export { ForkEndedError } from './errors/fork-ended-error.js';
export { ItemFailedError } from './errors/item-failed-error.js';
export { ParallelDepthError } from './errors/parallel-depth-error.js';
