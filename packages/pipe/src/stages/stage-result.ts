import type { ProcessResult, ProcessSpec } from '@proc/core';
import {
  exitText,
  RecordedResult,
  signalNumber,
  type KeptOutput,
  type ResultRecord,
} from '@proc/core/internal';
import { BranchedResult, type BranchResults } from '../results/branched-result.js';
import { NO_OUTPUT } from '../results/kept-spool.js';
import type { StageEnding } from './stage-ending.js';

/** What the result of an in-process stage is made of. */
export interface StageFacts {
  readonly spec: ProcessSpec;
  readonly ending: StageEnding;
  readonly stdout: KeptOutput;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly durationMs: number;
  readonly branches?: BranchResults | undefined;
}

/** The result of an in-process stage, in the shape of a process's. */
export function stageResult(facts: StageFacts): ProcessResult {
  const { spec, ending, branches } = facts;
  const record: ResultRecord = {
    command: spec.command.kind === 'shell' ? spec.command.line : spec.command.file,
    pid: undefined,
    exitCode: ending.exitCode,
    signal: ending.signal,
    exitText: exitText(ending.exitCode, ending.signal),
    shellCode: shellCodeOf(ending),
    stdout: facts.stdout,
    stderr: ending.stderr ?? NO_OUTPUT,
    startedAt: facts.startedAt,
    endedAt: facts.endedAt,
    durationMs: facts.durationMs,
    attempts: 1,
    reason: ending.reason,
    error: ending.error,
    outputHeldOpen: false,
    outputTruncated: false,
    tag: null,
    meta: {},
  };
  return branches === undefined
    ? new RecordedResult(record, spec)
    : new BranchedResult(record, spec, branches);
}

function shellCodeOf({ exitCode, signal }: StageEnding): number {
  if (signal !== null) return 128 + signalNumber(signal);
  return exitCode ?? 1;
}
