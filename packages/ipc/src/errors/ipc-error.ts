import { ProcError } from '@proc/core/essentials';

/** Root of the errors of communication between processes. */
export abstract class IpcError extends ProcError {}
