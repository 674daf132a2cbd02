import type { OutputCallback } from '@proc/core';
import type { PlannedStage } from '../stages/stage-entry.js';
import type { LineLog } from './line-log.js';
import { SerialCallback } from './serial-callback.js';

/** Who wants to see the output of a run. */
export interface OutputRouterOptions {
  readonly onOutput: OutputCallback | undefined;
  /**
   * `all`: stdout of every stage. `final`: what a shell would print of the pipeline, stdout of the last stage. stderr
   * is shown of every stage either way, unless the next one reads it.
   */
  readonly stdoutOf: 'all' | 'final';
  /** Takes the place of the stages' own keys. */
  readonly key: string | number | undefined;
  readonly log: LineLog | undefined;
}

/** Gives each stage the callback through which its output is seen. */
export class OutputRouter {
  readonly #options: OutputRouterOptions;
  #callback: SerialCallback | undefined;

  constructor(options: OutputRouterOptions) {
    this.#options = options;
    if (options.onOutput !== undefined) this.#callback = new SerialCallback(options.onOutput);
  }

  /** Whether somebody wants to see what stages that are not the last one print on stdout. */
  get seesEveryStdout(): boolean {
    return this.#callback !== undefined && this.#options.stdoutOf === 'all';
  }

  /** Calls another function from the next chunk on. */
  replace(callback: OutputCallback): void {
    if (this.#callback === undefined) this.#callback = new SerialCallback(callback);
    else this.#callback.replace(callback);
  }

  /** `undefined` when nobody wants to see anything of the stage. */
  callbackFor(
    { key: stageKey, handsOn }: PlannedStage,
    isLast: boolean,
  ): OutputCallback | undefined {
    const { stdoutOf, key = stageKey, log } = this.#options;
    const logs = isLast && log !== undefined;
    // With a log there may be a callback later.
    if (this.#callback === undefined && log === undefined) return undefined;
    const shows = isLast || stdoutOf === 'all';
    return (type, chunk) => {
      const logged = logs && type === 'out' ? log.append(chunk) : undefined;
      const shown =
        shows || (type === 'err' && handsOn !== 'stderr')
          ? this.#callback?.call(type, chunk, key)
          : undefined;
      return logged === undefined ? shown : Promise.all([logged, shown]).then(() => undefined);
    };
  }
}
