import type { ProcessResult } from '../contracts/process-result.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import { ProcError } from './proc-error.js';

/** Something went wrong with a run. */
export abstract class ProcessError extends ProcError {
  /** Not enumerable, so that a logged error stays readable. */
  declare readonly spec: ProcessSpec;
  /** What there was when the run ended; its `error` is this error. */
  declare readonly result: ProcessResult | undefined;

  constructor(message: string, spec: ProcessSpec, options?: ErrorOptions) {
    super(message, options);
    Object.defineProperty(this, 'spec', { value: spec, enumerable: false });
    Object.defineProperty(this, 'result', { value: undefined, enumerable: false, writable: true });
  }
}

/** Completes an error with the result that carries it: the two refer to each other. */
export function attachResult(error: ProcError, result: ProcessResult): void {
  if (error instanceof ProcessError) (error as { result?: ProcessResult }).result = result;
}
