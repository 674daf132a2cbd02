import type { ProcessResult } from '../contracts/process-result.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import { redactCause } from '../redaction/redact-cause.js';
import type { SecretTable } from '../redaction/secret-table.js';
import { secretsOf } from '../redaction/spec-secrets.js';
import { defineHidden } from '../kernel/define-hidden.js';
import { ProcError } from './proc-error.js';

/** Something went wrong with a run. The secrets of the run show neither in the message nor in the cause. */
export abstract class ProcessError extends ProcError {
  /** Not enumerable, so that a logged error stays readable. */
  declare readonly spec: ProcessSpec;
  /** What there was when the run ended; its `error` is this error. */
  declare readonly result: ProcessResult | undefined;

  constructor(message: string, spec: ProcessSpec, options?: ErrorOptions) {
    const secrets = secretsOf(spec);
    super(secrets.redact(message), clean(options, secrets));
    defineHidden(this, 'spec', spec);
    defineHidden(this, 'result', undefined, { writable: true });
  }
}

function clean(options: ErrorOptions | undefined, secrets: SecretTable): ErrorOptions | undefined {
  if (options === undefined || secrets.isEmpty) return options;
  return { ...options, cause: redactCause(options.cause, secrets) };
}

/**
 * Completes an error with the result that carries it: the two refer to each other. One that is frozen stays as it is.
 */
export function attachResult(error: ProcError, result: ProcessResult): void {
  if (error instanceof ProcessError) Reflect.set(error, 'result', result);
}
