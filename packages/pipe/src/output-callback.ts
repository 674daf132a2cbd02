import { InvalidArgumentError, type OutputCallback } from '@proc/core';

/**
 * Receives the output of every stage while a pipeline runs: decoded text, with the stage's key. A function that
 * declares a single parameter receives the text alone; any other receives `'out'` or `'err'` first, as an
 * {@link OutputCallback} does.
 *
 * A returned promise applies back-pressure. A throw ends the pipeline, which then rejects with an
 * `OutputCallbackError`.
 */
export type PipelineOutputCallback = (
  typeOrChunk: string,
  chunk: string,
  key?: string | number,
) => void | Promise<void>;

/** The callback of a run as an option. */
export interface OutputOption<Callback = PipelineOutputCallback> {
  readonly output?: Callback | undefined;
}

/** What `run` and `start` take. */
export type PipelineOutput =
  PipelineOutputCallback | OutputCallback | OutputOption<PipelineOutputCallback | OutputCallback>;

/** @throws {@link InvalidArgumentError} for anything but a function or `{ output }` */
export function outputCallback(
  given: PipelineOutput | null | undefined,
): OutputCallback | undefined {
  if (given === undefined || given === null) return undefined;
  if (typeof given === 'function') return byArity(given);
  const unknown = typeof given === 'object' ? Object.keys(given).find(isUnknown) : typeof given;
  if (unknown !== undefined) {
    throw new InvalidArgumentError(
      `A pipeline is run with an output callback, or with { output: callback }; not with "${unknown}".`,
    );
  }
  return outputCallback(given.output);
}

function isUnknown(name: string): boolean {
  return name !== 'output';
}

function byArity(callback: PipelineOutputCallback | OutputCallback): OutputCallback {
  if (callback.length !== 1) return callback;
  const chunkAlone = callback as (chunk: string) => void | Promise<void>;
  return (_type, chunk) => chunkAlone(chunk);
}
