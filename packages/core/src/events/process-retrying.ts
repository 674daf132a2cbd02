import type { ProcessResult } from '../contracts/process-result.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import type { ProcessSnapshot } from '../contracts/running-process.js';
import { ProcessEvent, type RunIdentity } from './process-event.js';

/** An attempt failed and another will follow after the delay. `attempt` is the one that failed. */
export class ProcessRetrying extends ProcessEvent {
  override readonly name = 'ProcessRetrying';

  constructor(
    run: RunIdentity,
    spec: ProcessSpec,
    process: ProcessSnapshot,
    readonly result: ProcessResult,
    readonly delayMs: number,
  ) {
    super(run, spec, process);
  }
}
