import { ProcError } from '@proc/core';

/** Root of the errors of communication between processes. */
export abstract class IpcError extends ProcError {}
