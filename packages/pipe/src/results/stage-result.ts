import type { ProcessResult } from '@proc/core';

/** How one stage of a pipeline ended. */
export interface StageResult {
  /** Its name, else its position. */
  readonly key: string | number;
  readonly result: ProcessResult;
  /** Bytes it was given; `null` when they did not pass through this process. */
  readonly bytesIn: number | null;
  /**
   * Bytes it handed on, which is its stdout unless the pipeline says otherwise; `null` when they did not pass through
   * this process.
   */
  readonly bytesOut: number | null;
  readonly durationMs: number;
}
