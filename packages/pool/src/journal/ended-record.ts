import { ProcError, type ProcessResult } from '@proc/core';
import { describedLine, RecordedResult, type SecretTable } from '@proc/core/internal';
import { RestoredError } from '../errors/restored-error.js';
import type { JournalEndedRecord, JournalOutput } from './journal-record.js';
import { restoredOutput } from './journal-output.js';

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
    error:
      error === null ? null : { code: error.code, name: error.name, message: clean(error.message) },
    success: result.successful(),
    cutShort,
    outputHeldOpen: result.outputHeldOpen,
    outputTruncated: result.outputTruncated,
    tag: result.tag,
    meta: result.meta,
    stdout,
    stderr,
  };
}

/** The result that a record was made of. */
export function restoredResult(journal: string, record: JournalEndedRecord): ProcessResult {
  const { command, pid, stdout, stderr, startedAt, endedAt, error } = record;
  return new RecordedResult(
    {
      ...record,
      pid: pid ?? undefined,
      stdout: restoredOutput(journal, stdout),
      stderr: restoredOutput(journal, stderr),
      startedAt: new Date(startedAt),
      endedAt: endedAt === null ? null : new Date(endedAt),
      error: error === null ? null : restoredError(error),
    },
    describedLine(command),
  );
}

function restoredError(error: NonNullable<JournalEndedRecord['error']>): ProcError {
  const restored = new RestoredError(error);
  Object.defineProperty(restored, 'name', { value: error.name });
  return restored;
}
