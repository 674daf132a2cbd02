import type { ProcessResult } from './process-result.js';
import type { ProcessSpec } from './process-spec.js';

/** Runs the rest of the chain, and at its end the process. Every ending is a result; it does not reject. */
export type NextMiddleware = (spec: ProcessSpec) => Promise<ProcessResult>;

/**
 * Wraps every attempt of every run: look at or replace the specification, call `next`, look at or replace the
 * result. Called in the order of registration, the first outermost.
 *
 * Not calling `next` answers without a process; that is an error for `start()`, which must return one.
 */
export type ProcessMiddleware = (
  spec: ProcessSpec,
  next: NextMiddleware,
) => Promise<ProcessResult> | ProcessResult;
