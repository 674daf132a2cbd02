import type { RecordedProcess } from '../recording/recorded-process.js';
import { clip } from './difference.js';

const LONGEST_LIST = 50;

/** What ran, for the message of a failed assertion. */
export function describeRecording(processes: readonly RecordedProcess[]): string {
  if (processes.length === 0) return 'Nothing has run.';
  const lines = processes
    .slice(0, LONGEST_LIST)
    .map((process, index) => `  ${index + 1}. ${clip(process.command)} (${endingOf(process)})`);
  const rest = processes.length - lines.length;
  return ['What has run:', ...lines, ...(rest > 0 ? [`  and ${rest} more`] : [])].join('\n');
}

function endingOf({ running, result, stray }: RecordedProcess): string {
  const mark = stray ? ', stray' : '';
  if (running) return `running${mark}`;
  if (result.error !== null) return `${result.reason ?? result.error.code}${mark}`;
  return `${result.signal ?? `exit code ${String(result.exitCode)}`}${mark}`;
}
