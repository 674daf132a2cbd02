import type { LaunchStreams } from '@proc/core';
import type { PlannedStage } from '../stages/stage-entry.js';
import type { FinalOutput } from './final-output.js';
import type { PipelineInput } from './pipeline-input.js';
import type { SequentialLink } from './sequential-link.js';

/** The two ends of a pipeline. */
interface Outside {
  /** For the first stage. */
  readonly input: PipelineInput;
  /** From the last one. */
  readonly final: FinalOutput;
}

/** The streams of one stage of those that run one after the other. */
export class SequentialStreams implements LaunchStreams {
  readonly stdout: LaunchStreams['stdout'];
  readonly stderr: LaunchStreams['stderr'];
  readonly #input: PipelineInput;
  readonly #before: SequentialLink | undefined;

  /**
   * @param before - what it reads; `undefined`: the input of the pipeline
   * @param after - what it writes; `undefined`: the output of the pipeline
   */
  constructor(
    { input, final }: Outside,
    { handsOn = 'stdout' }: PlannedStage,
    before: SequentialLink | undefined,
    after: SequentialLink | undefined,
  ) {
    this.#input = input;
    this.#before = before;
    this[handsOn] = after === undefined ? final.stdout : after.output;
  }

  /** Each look at it opens it anew, which is what a stage needs that is tried again. */
  get stdin(): LaunchStreams['stdin'] {
    return this.#before === undefined ? this.#input.stdin() : this.#before.stdin();
  }
}
