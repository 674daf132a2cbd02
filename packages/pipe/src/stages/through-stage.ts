import type { Launchable, Launched, LaunchContext } from '@proc/core';
import { createBody, nameOf } from './create-body.js';
import type { StageBody } from './stage-body.js';
import type { ThroughOptions } from './stage-function.js';
import { StageRun } from './stage-run.js';

/** A stage of a pipeline that runs in this process: what {@link PipelineBuilder.through} adds. */
export class ThroughStage implements Launchable {
  /** The function's name, or the kind of stream. */
  readonly name: string;
  readonly #body: StageBody;
  readonly #source: string;

  /** @throws {@link InvalidArgumentError} for what can not be a stage */
  constructor(stage: unknown, options?: ThroughOptions) {
    this.#body = createBody(stage, options);
    this.name = nameOf(stage);
    this.#source =
      typeof stage === 'function' ? Function.prototype.toString.call(stage) : this.name;
  }

  launch(context: LaunchContext = {}): Launched {
    return new StageRun(this.name, this.toString(), this.#body, context);
  }

  /** The text of its function: what the function refers to is not in it. */
  fingerprint(): unknown {
    return { through: this.#source };
  }

  /** A placeholder: no shell can run it. */
  toString(): string {
    return `[in-process: ${this.name}]`;
  }
}
