import { ProcError } from '@proc/core/essentials';

/** Work for many items was asked for within such work too many times over: a function most likely asks for itself. */
export class ParallelDepthError extends ProcError {
  readonly code = 'ERR_PROC_PARALLEL_DEPTH';

  constructor(readonly depth: number) {
    super(
      `Work for many items was asked for within itself, ${depth} times over: that is too deep.`,
    );
  }
}
