import type { ProcessResult } from '@proc/core';
import { attachResult, describedLine, RecordedResult, type SecretTable } from '@proc/core/internal';
import { RestoredError } from '../errors/restored-error.js';
import type { JournalEndedRecord, JournalOutput } from './journal-record.js';
import { errorRecord } from './error-record.js';
import { restoredOutput } from './journal-output.js';
import { plainData } from './plain-data.js';

/** What a record of an end is made of. */
export interface EndedFacts {
  readonly key: string | number;
  readonly hash: string;
  readonly result: ProcessResult;
  readonly cutShort: boolean;
  readonly stdout: JournalOutput;
  readonly stderr: JournalOutput;
  readonly secrets: SecretTable;
}

export function endedRecord(facts: EndedFacts): JournalEndedRecord {
  const { key, hash, result, cutShort, stdout, stderr, secrets } = facts;
  const { error } = result;
  const clean = (text: string): string => secrets.redact(text);
  return {
    type: 'ended',
    key,
    hash,
    command: clean(result.command),
    pid: result.pid ?? null,
    startedAt: result.startedAt.toISOString(),
    endedAt: result.endedAt?.toISOString() ?? null,
    durationMs: result.durationMs,
    attempts: result.attempts,
    exitCode: result.exitCode,
    signal: result.signal,
    exitText: result.exitText,
    shellCode: result.shellCode,
    reason: result.reason,
    error: error === null ? null : errorRecord(error, secrets),
    success: result.successful(),
    cutShort,
    outputHeldOpen: result.outputHeldOpen,
    outputTruncated: result.outputTruncated,
    tag: result.tag === null ? null : clean(result.tag),
    meta: plainData(result.meta, secrets),
    stdout,
    stderr,
  };
}

/** The result that a record was made of. */
export function restoredResult(journal: string, record: JournalEndedRecord): ProcessResult {
  const { command, pid, stdout, stderr, startedAt, endedAt } = record;
  const spec = describedLine(command);
  const error = record.error === null ? null : new RestoredError(record.error, spec);
  const result = new RecordedResult(
    {
      ...record,
      pid: pid ?? undefined,
      stdout: restoredOutput(journal, stdout),
      stderr: restoredOutput(journal, stderr),
      startedAt: new Date(startedAt),
      endedAt: endedAt === null ? null : new Date(endedAt),
      error,
    },
    spec,
  );
  if (error !== null) attachResult(error, result);
  return result;
}
