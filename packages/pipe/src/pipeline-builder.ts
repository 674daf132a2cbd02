import type { EntryBuilder } from '@proc/core';
import type { Duplex } from 'node:stream';
import type { TransformStream } from 'node:stream/web';
import type { StageFunction, ThroughOptions } from './stages/stage-function.js';
import type { StderrMode } from './stages/stage-entry.js';
import type { PipelineDefinition, StageInput } from './collect-stages.js';
import type { TeeTarget } from './streams/tee-target.js';
import type { ThroughStage } from './stages/through-stage.js';

/** What the callback of a pipeline is given: each verb adds a stage, in order. */
export interface PipelineBuilder extends EntryBuilder {
  /**
   * Adds a stage that runs in this process: a function (see {@link StageFunction} for what it receives and hands on),
   * a Node stream or a web `TransformStream`. A stream object serves one run only; for more, give a function without
   * parameters that makes it.
   *
   * @example
   * ```ts
   * pipe.through((line) => line.toUpperCase());
   * pipe.through(async function* (lines) {
   *   let number = 0;
   *   for await (const line of lines) yield `${++number} ${line}`;
   * });
   * pipe.through(() => createGzip());
   * pipe.through((chunk) => chunk.subarray(1), { input: 'bytes' });
   * ```
   * @throws {@link InvalidArgumentError} for what can not be a stage
   */
  through(
    stage: StageFunction<string> | Duplex | TransformStream,
    options?: ThroughOptions & { readonly input?: 'lines' },
  ): ThroughStage;
  through(
    stage: StageFunction<Buffer>,
    options: ThroughOptions & { readonly input: 'bytes' },
  ): ThroughStage;
  /**
   * Hands the stderr of the stage just added on to the next one: together with its stdout (default), or alone.
   *
   * @example
   * ```ts
   * pipe.command('make');
   * pipe.stderrToStdin('only');
   * pipe.command('grep warning');
   * ```
   * @throws {@link InvalidArgumentError} before the first stage; and, when all have been added, for a stage that is no
   *   command or the last one
   */
  stderrToStdin(mode?: StderrMode): this;
  /**
   * Copies what the stage just added hands on, with back-pressure, to a stream (which is not ended) or to a file (which
   * is truncated first). May be said again for further copies. A copy that fails ends the pipeline. One stage after
   * the other, the copy is made when the stage has ended.
   *
   * @throws {@link InvalidArgumentError} before the first stage, and for what can not get a copy
   */
  tee(target: TeeTarget): this;
  /**
   * Adds a stage that gives its input to several pipelines at once. They run in the mode and by the `pipefail` of this
   * one; the slowest reader slows all down, and one that has enough does not hinder the others. What they print is
   * handed on in the order of the keys, each when it has ended. The result has each under its key:
   * {@link PipelineResult.branch}. When one ends by an error all are ended; when one fails the stage fails.
   *
   * @example
   * ```ts
   * pipe.branch({ lines: ['wc -l'], first: ['head -n 1'] });
   * ```
   * @throws {@link InvalidArgumentError} as the first stage, without branches, for a key of an earlier branch, and for
   *   what can not be a stage
   */
  branch(branches: Readonly<Record<string, PipelineDefinition | readonly StageInput[]>>): this;
}
