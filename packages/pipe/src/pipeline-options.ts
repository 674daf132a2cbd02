import type { Duration, InputSource } from '@proc/core';

/** How the stages of a pipeline run: one after the other, or all at once. */
export type PipelineMode = 'sequential' | 'streaming';

/**
 * Which stages decide whether a pipeline failed.
 *
 * - `tolerant` (default): every stage, except one that could not write on because its reader had what it wanted and
 *   succeeded (`yes | head -n 1`)
 * - `strict`: every stage, as `pipefail` of a shell
 * - `last`: the last stage, as a shell without `pipefail`
 *
 * A stage that could not be started, timed out or was ended by an error fails the pipeline under every policy.
 */
export type PipefailPolicy = 'strict' | 'tolerant' | 'last';

/** Options of a pipeline: what its methods would say. Unknown ones are refused. */
export interface PipelineOptions {
  /** As {@link Pipeline.sequential} and {@link Pipeline.streaming}. Default: `process.pipe.mode`, else `sequential`. */
  readonly mode?: PipelineMode | undefined;
  /** Default: `tolerant`. */
  readonly pipefail?: PipefailPolicy | undefined;
  /** For all stages together; `0` and `null` mean none, which is the default. */
  readonly timeout?: Duration | null | undefined;
  /** As {@link Pipeline.abortWith}. */
  readonly signal?: AbortSignal | undefined;
  /** As {@link Pipeline.input}. */
  readonly input?: InputSource | undefined;
}
