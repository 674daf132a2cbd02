import type { ProcessResult } from '../contracts/process-result.js';
import { formatDuration } from '../measures/format-duration.js';

/** How a process ended, on one line for a log. */
export function endingText(result: ProcessResult): string {
  const { exitCode, signal, exitText, reason, durationMs } = result;
  const how = signal ?? `exit code ${String(exitCode)} (${exitText})`;
  const why = reason === null ? '' : `, ${reason}`;
  const held = result.outputHeldOpen ? ', output still held open' : '';
  const cut = result.outputTruncated ? ', output truncated' : '';
  return `ended after ${formatDuration(durationMs)}: ${how}${why}${held}${cut}`;
}
