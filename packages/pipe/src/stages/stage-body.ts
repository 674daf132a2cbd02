import type { Readable } from 'node:stream';
import type { Launchable, Launched, LaunchContext, ProcessResult } from '@proc/core';
import type { StageContext } from './stage-function.js';
import type { StageEnding } from './stage-ending.js';

/** What the inside of a stage is told besides its input. */
export interface BodyContext extends StageContext {
  /** Launches something as a part of the stage: it is signalled and stopped with it, and awaited at its end. */
  launch<Result extends ProcessResult>(
    part: Launchable<Result>,
    context: Pick<LaunchContext, 'key' | 'stdio'>,
  ): Launched<Result>;
}

/**
 * The inside of an in-process stage: makes its output from its input, chunk by chunk, as fast as it is asked to. What
 * it returns is how the stage ends; by default it has completed.
 */
export type StageBody = (
  source: Readable,
  context: BodyContext,
) => AsyncGenerator<Buffer, StageEnding | undefined | void, undefined>;
