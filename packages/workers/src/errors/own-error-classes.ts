import { ClosureCaptureError } from './closure-capture-error.js';
import { registerErrorClass } from './error-classes.js';
import { TaskLoadError } from './task-load-error.js';
import { UncloneableValueError } from './uncloneable-value-error.js';
import { UnshippableFunctionError } from './unshippable-function-error.js';

let done = false;

/** Errors of ours that are thrown in workers, too. */
export function registerOwnErrors(): void {
  if (done) return;
  done = true;
  registerErrorClass(ClosureCaptureError);
  registerErrorClass(TaskLoadError);
  registerErrorClass(UncloneableValueError);
  registerErrorClass(UnshippableFunctionError);
}
