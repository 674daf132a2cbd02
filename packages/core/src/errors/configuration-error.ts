import { ProcError } from './proc-error.js';

/** The configuration is wrong; the message names the path and the nearest valid key. */
export class ConfigurationError extends ProcError {
  readonly code = 'ERR_PROC_CONFIGURATION';
}
