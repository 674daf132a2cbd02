import type { ProcessResult } from '@proc/core';
import { signalNumber } from '@proc/core/internal';
import type { PipefailPolicy } from '../pipeline-options.js';

/** What is known of a stage that has ended. */
export interface EndedStage {
  readonly result: ProcessResult;
  /** Its reader closed the connection before it had written everything. */
  readonly readerClosedEarly: boolean;
}

/** What programs print that catch or ignore SIGPIPE. */
const BROKEN_PIPE = /\bEPIPE\b|\bECONNRESET\b|broken pipe|connection reset/i;

/**
 * Index of the stage that makes the pipeline fail, `undefined` when none does. Of several it is the last one, as in a
 * shell, but a stage that only lost its reader is not blamed while another one failed.
 *
 * @param stages - those that ran, in order
 * @param total - number of stages of the pipeline
 */
export function failedStage(
  stages: readonly EndedStage[],
  total: number,
  policy: PipefailPolicy,
): number | undefined {
  const failed: number[] = [];
  let readerAccepted = false;
  for (let index = stages.length - 1; index >= 0; index--) {
    const stage = stages[index];
    if (stage === undefined) continue;
    const isLast = index === total - 1;
    readerAccepted =
      stage.result.successful() || (!isLast && tolerates(policy, stage, readerAccepted));
    if (!readerAccepted) failed.push(index);
  }
  return failed.find((index) => !lostReader(stages[index])) ?? failed[0];
}

function tolerates(policy: PipefailPolicy, stage: EndedStage, readerAccepted: boolean): boolean {
  if (stage.result.error !== null || policy === 'strict') return false;
  return policy === 'last' || (readerAccepted && lostReader(stage));
}

/** Whether a stage ended because nobody read its output any more. */
function lostReader(stage: EndedStage | undefined): boolean {
  if (stage?.result.error !== null) return false;
  const { result } = stage;
  if (result.signal === 'SIGPIPE' || result.exitCode === 128 + signalNumber('SIGPIPE')) return true;
  if (result.exitCode === null || result.exitCode === 0) return false;
  return stage.readerClosedEarly || BROKEN_PIPE.test(result.toJSON().stderr);
}
