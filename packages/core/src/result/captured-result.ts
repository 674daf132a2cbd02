import type { RetainedOutput } from '../capture/retained-output.js';
import { commandLine } from '../command/quote.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import type { CallSite } from '../diagnostics/call-site.js';
import type { ProcError } from '../errors/proc-error.js';
import { attachResult } from '../errors/process-error.js';
import { signalNumber } from '../termination/signals.js';
import type { Ending } from './ending.js';
import { exitText } from '../diagnostics/exit-text.js';
import { RecordedResult } from './recorded-result.js';
import type { ResultRecord } from './result-record.js';

/** What the result of a run is made of. */
export interface ResultParts {
  readonly spec: ProcessSpec;
  readonly pid: number | undefined;
  readonly ending: Ending;
  readonly error: ProcError | null;
  readonly stdout: RetainedOutput;
  readonly stderr: RetainedOutput;
  readonly truncated: boolean;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly attempts: number;
  /** What the error's stack is to show. */
  readonly callSite: CallSite;
}

/** The result of a run whose output was captured. */
export class CapturedResult extends RecordedResult {
  constructor(parts: ResultParts) {
    super(recordOfRun(parts), parts.spec);
    if (parts.error === null) return;
    parts.callSite.pointTo(parts.error);
    attachResult(parts.error, this);
  }
}

function recordOfRun(parts: ResultParts): ResultRecord {
  const { spec, ending } = parts;
  return {
    command: commandLine(spec.command),
    pid: parts.pid,
    exitCode: ending.exitCode,
    signal: ending.signal,
    exitText: exitText(ending.exitCode, ending.signal),
    shellCode: shellCode(parts),
    stdout: parts.stdout,
    stderr: parts.stderr,
    startedAt: parts.startedAt,
    endedAt: parts.endedAt,
    durationMs: ending.durationMs,
    attempts: parts.attempts,
    reason: ending.reason,
    error: parts.error,
    outputHeldOpen: ending.outputHeldOpen,
    outputTruncated: parts.truncated,
    tag: spec.tag,
    meta: spec.meta,
  };
}

/** What a shell would report: 127 for a program that is not there, 126 for any other start that failed. */
function shellCode({ ending, error }: ResultParts): number {
  if (ending.exitCode !== null) return ending.exitCode;
  if (ending.signal !== null) return 128 + signalNumber(ending.signal);
  return error?.code === 'ERR_PROC_COMMAND_NOT_FOUND' ? 127 : 126;
}
