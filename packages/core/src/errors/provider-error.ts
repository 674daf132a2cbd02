import { ProcError } from './proc-error.js';

/** A service provider is missing or failed; the message says what to register. */
export class ProviderError extends ProcError {
  readonly code = 'ERR_PROC_PROVIDER';
}
