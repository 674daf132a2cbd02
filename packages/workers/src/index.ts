export { WorkerManager, type WorkerManagerOptions } from './manager/worker-manager.js';
export { cpuCount, type CpuCount } from './manager/cpu-count.js';
export { WorkersServiceProvider, type WorkersConfig } from './provider/workers-service-provider.js';
export { installWorkers } from './provider/install-workers.js';
export type { PoolCalls, SubmitOptions, WorkerPool } from './pool/worker-pool.js';
export type { BroadcastOptions, BroadcastResult } from './pool/broadcasts.js';
export type { ArgumentsOf, FunctionOf, ResultOf } from './pool/function-types.js';

export type { CloseOptions, CloseReport } from './contracts/close-options.js';
export type { TaskContext } from './contracts/task-context.js';
export type { TaskHandle, TaskStatus } from './contracts/task-handle.js';
export type { TaskFailure, TaskOptions, TaskRetryOptions } from './contracts/task-options.js';
export type { WorkerKind } from './contracts/worker-kind.js';
export type {
  OverMemory,
  WorkerFunction,
  WorkerPoolOptions,
  WorkerStrategy,
} from './contracts/worker-pool-options.js';
export type {
  TimeSummary,
  WorkerPoolStats,
  WorkerState,
  WorkerStats,
} from './contracts/worker-pool-stats.js';

export { PoisonTaskError } from './errors/poison-task-error.js';
export { PoolBrokenError } from './errors/pool-broken-error.js';
export { PoolClosedError } from './errors/pool-closed-error.js';
export { QueueFullError } from './errors/queue-full-error.js';
export { TaskCancelledError } from './errors/task-cancelled-error.js';
export { TaskTimedOutError, type TaskLimit } from './errors/task-timed-out-error.js';
export { WorkerCrashedError, type CrashFacts } from './errors/worker-crashed-error.js';
export { WorkerProtocolError } from './errors/worker-protocol-error.js';
export { WorkerStartError } from './errors/worker-start-error.js';

export {
  TaskCompleted,
  TaskEvent,
  TaskFailed,
  TaskRetrying,
  TaskStarted,
  TaskSubmitted,
  type TaskIdentity,
} from './events/task-events.js';
export {
  WorkerEvent,
  WorkerExited,
  WorkerOutput,
  WorkerOverMemory,
  WorkerReady,
  WorkerRecycled,
  WorkerResponsive,
  WorkerUnresponsive,
  type WorkerExitReason,
  type WorkerIdentity,
} from './events/worker-events.js';

// Functions and errors that travel.
export { task, defineTasks, type TasksOf } from './functions/task.js';
export { ModuleTask } from './functions/module-task.js';
export { transfer, type Transferable } from './functions/transfer.js';
export type { Capture, ShippingOptions } from './functions/to-task-reference.js';
export type {
  ChunkReference,
  FunctionHome,
  FunctionReference,
  ModuleReference,
  SourceReference,
  SourceText,
  TaskReference,
  TypeScriptLoader,
  WithData,
} from './functions/task-reference.js';
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
export type { ForkEnvironment } from './parallel/fork/launch-fork.js';
export type { ChunkOptions, ParallelPool, SubmittedChunk } from './parallel/flow/parallel-pool.js';
export type {
  FoldFunction,
  ItemContext,
  ItemFunction,
  TaskInput,
  TaskResult,
  TaskResults,
  TasksOptions,
  Work,
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
