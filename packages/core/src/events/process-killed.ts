import type { ProcessSpec } from '../contracts/process-spec.js';
import type { ProcessSnapshot } from '../contracts/running-process.js';
import { ProcessEvent, type RunIdentity } from './process-event.js';

/** We sent a signal to the process: `stop`, `kill`, a timeout, an abort, a shutdown, or the SIGKILL after the grace. */
export class ProcessKilled extends ProcessEvent {
  override readonly name = 'ProcessKilled';

  constructor(
    run: RunIdentity,
    spec: ProcessSpec,
    process: ProcessSnapshot,
    readonly signal: NodeJS.Signals,
  ) {
    super(run, spec, process);
  }
}
