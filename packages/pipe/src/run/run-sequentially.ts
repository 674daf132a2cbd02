import type { FinalOutput } from './final-output.js';
import type { LaunchedStage } from './launched-stage.js';
import type { PipelineInput } from './pipeline-input.js';
import type { PipelinePlan } from './pipeline-plan.js';
import type { RunControl } from './run-control.js';
import { keepsOutput, SequentialLink } from './sequential-link.js';
import { SequentialStreams } from './sequential-streams.js';
import type { StageLauncher } from './stage-launcher.js';
import type { StageTees } from './stage-tees.js';

/** What both modes run with. */
export interface ModeParts {
  readonly plan: PipelinePlan;
  readonly control: RunControl;
  readonly launcher: StageLauncher;
  /** For the first stage. */
  readonly input: PipelineInput;
  readonly final: FinalOutput;
  readonly tees: StageTees;
  /** The stages that start at once have been started, or could not be. */
  readonly onStarted: () => void;
}

/** Runs one stage after the other, each on the whole output of the one before. A failure is the end. */
export async function runSequentially(parts: ModeParts): Promise<void> {
  const { plan, control, launcher, final } = parts;
  let before: SequentialLink | undefined;
  for (const [index, keyed] of plan.stages.entries()) {
    if (control.interruption !== undefined) break;
    const after = index === plan.stages.length - 1 ? undefined : new SequentialLink(keyed);
    const stage = launcher.launch(index, {
      stdio: new SequentialStreams(parts, keyed, before, after),
      bytesIn: bytesInOf(before),
      bytesOut: () => (after === undefined ? final.bytes : after.bytesWritten),
      keepsOutput:
        keepsOutput(keyed, keyed.handsOn) && (after !== undefined || final.stdout === undefined),
      handsOn: keyed.handsOn,
      readerClosedEarly: () => false,
    });
    if (index === 0) void stage.started.then(parts.onStarted);
    const result = await stage.ended;
    before?.release();
    after?.connect(result);
    if (after !== undefined) await parts.tees.copy(index, () => after.reread());
    before = after;
    if (!passes(stage, plan)) break;
  }
  before?.release();
}

function bytesInOf(before: SequentialLink | undefined): () => number | null {
  return () => before?.bytesRead ?? null;
}

/** Whether the next stage may start: errors never let it, other failures only where the last stage alone counts. */
function passes({ facts }: LaunchedStage, { pipefail }: PipelinePlan): boolean {
  if (facts?.result.error !== null) return false;
  return pipefail === 'last' || facts.result.successful();
}
