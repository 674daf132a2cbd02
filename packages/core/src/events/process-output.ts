import type { OutputType } from '../contracts/output-callback.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import type { ProcessSnapshot } from '../contracts/running-process.js';
import { ProcessEvent, type RunIdentity } from './process-event.js';

/** A process printed something. */
export class ProcessOutput extends ProcessEvent {
  override readonly name = 'ProcessOutput';

  constructor(
    run: RunIdentity,
    spec: ProcessSpec,
    process: ProcessSnapshot,
    readonly type: OutputType,
    readonly chunk: string,
  ) {
    super(run, spec, process);
  }
}
