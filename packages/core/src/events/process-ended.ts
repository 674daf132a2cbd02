import type { ProcessResult } from '../contracts/process-result.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import type { ProcessSnapshot } from '../contracts/running-process.js';
import { ProcessEvent, type RunIdentity } from './process-event.js';

/** An event that carries the result of an attempt. */
export abstract class ProcessEnded extends ProcessEvent {
  constructor(
    run: RunIdentity,
    spec: ProcessSpec,
    process: ProcessSnapshot,
    readonly result: ProcessResult,
  ) {
    super(run, spec, process);
  }
}
