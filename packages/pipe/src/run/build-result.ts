import type { ProcessResult, ProcessSpec } from '@proc/core';
import { outputOf, recordOf, type KeptOutput, type ResultRecord } from '@proc/core/internal';
import { NO_OUTPUT } from '../results/kept-spool.js';
import { PipelineResult } from '../results/pipeline-result.js';
import type { Interruption } from './interruption.js';
import type { LaunchedStage } from './launched-stage.js';
import type { PipelinePlan } from './pipeline-plan.js';
import { failedStage } from './verdict.js';

/** What the result of a run is made from, when everything has ended. */
export interface RunFacts {
  readonly plan: PipelinePlan;
  readonly spec: ProcessSpec;
  readonly stages: readonly LaunchedStage[];
  readonly interruption: Interruption | undefined;
  /** The final output, where it was kept apart from the last stage's result. */
  readonly output: KeptOutput | undefined;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** Of launches of the whole pipeline before this one. */
  readonly previousAttempts: number;
}

/** The result of a run. */
export function buildResult(facts: RunFacts): PipelineResult {
  const { plan, interruption } = facts;
  const ended = facts.stages.flatMap((stage) => stage.facts ?? []);
  const stages = facts.stages.flatMap((stage) => stage.summary ?? []);
  const failed = failedStage(ended, plan.stages.length, plan.pipefail);
  const blamed = blame(facts, failed);
  const complete = ended.length === plan.stages.length;
  const last = ended.at(-1)?.result;
  const deciding = blamed === undefined ? last : ended[blamed]?.result;
  const record = deciding === undefined ? NOTHING_RAN : recordOf(deciding);
  return new PipelineResult(
    {
      ...record,
      // Stopped between two stages: the one before succeeded, the pipeline did not.
      ...(blamed === undefined && !complete ? UNFINISHED : {}),
      ...outputFacts(facts, last),
      command: plan.line,
      startedAt: facts.startedAt,
      endedAt: plan.clock.date(),
      durationMs: facts.durationMs,
      attempts: facts.previousAttempts + record.attempts,
      reason: interruption?.reason ?? record.reason,
      error: interruption === undefined ? record.error : interruption.error,
      outputHeldOpen: ended.some(({ result }) => result.outputHeldOpen),
    },
    {
      spec: facts.spec,
      stages,
      failedStage: blamed === undefined ? undefined : stages[blamed],
    },
  );
}

/** Of stages that ran together only the last one's output leaves the pipeline, whichever failed. */
function outputFacts(
  { plan, output }: RunFacts,
  last: ProcessResult | undefined,
): Partial<ResultRecord> {
  if (output !== undefined) return { stdout: output };
  if (plan.mode === 'sequential' || last === undefined) return {};
  return { stdout: outputOf(last, 'stdout'), outputTruncated: last.outputTruncated };
}

const UNFINISHED = { exitCode: null, signal: null, exitText: '', shellCode: 1 } as const;

const NOTHING_RAN: ResultRecord = {
  ...UNFINISHED,
  command: '',
  pid: undefined,
  stdout: NO_OUTPUT,
  stderr: NO_OUTPUT,
  startedAt: new Date(0),
  endedAt: null,
  durationMs: 0,
  attempts: 1,
  reason: null,
  error: null,
  outputHeldOpen: false,
  outputTruncated: false,
  tag: null,
  meta: {},
};

/** An error names its stage; a mere stop does not make a stage fail that ended well. */
function blame({ interruption, stages }: RunFacts, failed: number | undefined): number | undefined {
  const named = interruption?.error === null ? undefined : interruption?.stage;
  if (named === undefined) return failed;
  const position = stages.findIndex(({ index }) => index === named);
  return position === -1 ? failed : position;
}
