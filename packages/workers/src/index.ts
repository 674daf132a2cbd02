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
