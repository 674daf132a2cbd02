import type { LaunchStreams, ProcessSpec } from '@proc/core';
import { secretsOf } from '@proc/core/internal';
import { FinalOutput } from './final-output.js';
import { PipelineInput } from './pipeline-input.js';
import type { PipelinePlan } from './pipeline-plan.js';
import { refuseSameFile } from './refuse-same-file.js';
import type { RunControl } from './run-control.js';
import { keepsOutput } from './sequential-link.js';
import { StageTees } from './stage-tees.js';

/** What the outside of a run is made from. */
export interface OuterStreamsParts {
  readonly plan: PipelinePlan;
  /** Given by the one who runs the pipeline, in place of its own. */
  readonly stdin: LaunchStreams['stdin'];
  readonly stdout: LaunchStreams['stdout'];
  readonly control: RunControl;
  /** The pipeline, for messages. */
  readonly spec: ProcessSpec;
}

/** What connects one run to the outside: its input, the copies of what its stages hand on, and its output. */
export class OuterStreams {
  readonly input: PipelineInput;
  readonly tees: StageTees;
  readonly final: FinalOutput;
  readonly #parts: OuterStreamsParts;

  constructor(parts: OuterStreamsParts) {
    const { plan, stdin, stdout, control, spec } = parts;
    const last = plan.stages.at(-1);
    this.#parts = parts;
    this.input = new PipelineInput(plan, stdin, secretsOf(spec));
    this.tees = new StageTees(control, spec);
    this.final = new FinalOutput({
      tees: plan.tees,
      file: plan.file,
      stdout,
      keep: last !== undefined && keepsOutput(last),
      spec,
      over: control.over,
      onError: (error) => {
        control.interrupt('callbackFailed', error);
      },
    });
  }

  /**
   * Opens all of it; to be closed by {@link close} even if that fails.
   *
   * @throws {@link InvalidArgumentError} when a file can not be opened for output, or would be emptied before it is
   *   read
   * @throws the system's error when the input can not be opened
   */
  open(): void {
    const { plan, stdin } = this.#parts;
    this.input.open();
    refuseSameFile(plan, stdin);
    this.tees.open(plan.stages);
    this.final.open();
    // What is missing elsewhere must not cost what is in a file.
    this.tees.empty();
    this.final.empty();
  }

  /**
   * Resolves when everything is written, and what was opened is closed. A reader of the output that takes nothing is no
   * reason to run on beyond the limits. Never rejects.
   */
  async close(): Promise<void> {
    this.input.close();
    await Promise.all([this.final.close(), this.tees.close()]);
  }
}
