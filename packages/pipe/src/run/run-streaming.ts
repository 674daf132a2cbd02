import type { LaunchStreams } from '@proc/core';
import { createJoints } from '../joints/create-joints.js';
import type { Joint } from '../joints/joint.js';
import { canStartEntry } from './can-start-entry.js';
import type { LaunchedStage } from './launched-stage.js';
import { keepsOutput } from './sequential-link.js';
import type { ModeParts } from './run-sequentially.js';

/**
 * Runs all stages at once. A stage whose program is missing is launched before the others, which then are not: its own
 * error tells, and nothing has been done in vain.
 *
 * @param observed - somebody wants to see what the stages hand to one another
 */
export async function runStreaming(parts: ModeParts, observed: boolean): Promise<void> {
  const { plan, control } = parts;
  // This may fail, and nobody would close the joints then.
  const stdin = parts.input.stdin();
  const joints = await createJoints(plan.stages, observed);
  const launch = (index: number): LaunchedStage => launchBetween(parts, { stdin, joints }, index);
  const early = new Map<number, LaunchedStage>();
  const missing = plan.stages.findIndex(({ entry }) => !canStartEntry(entry));
  if (missing !== -1 && control.interruption === undefined) {
    const stage = launch(missing);
    early.set(missing, stage);
    await stage.started;
    if (!stage.launched.running()) await stage.ended;
  }
  if (control.interruption !== undefined) {
    for (const joint of joints) {
      joint.writerEnded();
      joint.readerEnded();
    }
    await Promise.all([...early.values()].map(({ ended }) => ended));
    return;
  }
  const stages = plan.stages.map((_stage, index) => early.get(index) ?? launch(index));
  void Promise.all(stages.map(({ started }) => started)).then(parts.onStarted);
  await Promise.all(stages.map(({ ended }) => ended));
}

/** What the stages of one run read from. */
interface Connections {
  /** For the first one. */
  readonly stdin: LaunchStreams['stdin'];
  readonly joints: readonly Joint[];
}

function launchBetween(
  { plan, launcher, final, tees }: ModeParts,
  { stdin, joints }: Connections,
  index: number,
): LaunchedStage {
  const before = joints[index - 1];
  const after = joints[index];
  const keyed = plan.stages[index];
  const stage = launcher.launch(index, {
    stdio: {
      stdin: before === undefined ? stdin : before.stdin,
      [keyed?.handsOn ?? 'stdout']:
        after === undefined ? final.stdout : tees.between(index, after.output),
    },
    bytesIn: () => before?.bytes ?? null,
    bytesOut: () => (after === undefined ? final.bytes : after.bytes),
    keepsOutput:
      after === undefined &&
      final.stdout === undefined &&
      keyed !== undefined &&
      keepsOutput(keyed),
    handsOn: keyed?.handsOn,
    readerClosedEarly: () => after?.closedEarly ?? false,
  });
  void stage.started.then(() => {
    before?.readerStarted();
    after?.writerStarted();
  });
  void stage.ended.then(() => {
    before?.readerEnded();
    after?.writerEnded();
  });
  return stage;
}
