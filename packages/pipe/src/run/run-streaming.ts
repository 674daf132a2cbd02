import { createJoints } from '../joints/create-joints.js';
import { keepsOutput } from './sequential-link.js';
import type { ModeParts } from './run-sequentially.js';

/**
 * Runs all stages at once.
 *
 * @param observed - somebody wants to see what the stages hand to one another
 */
export async function runStreaming(parts: ModeParts, observed: boolean): Promise<void> {
  const { plan, control, launcher, stdin, final } = parts;
  const joints = await createJoints(plan.stages, observed);
  if (control.interruption !== undefined) {
    for (const joint of joints) {
      joint.writerEnded();
      joint.readerEnded();
    }
    return;
  }
  const stages = plan.stages.map((keyed, index) => {
    const before = joints[index - 1];
    const after = joints[index];
    const stage = launcher.launch({
      stdio: {
        stdin: before === undefined ? stdin : before.stdin,
        stdout: after === undefined ? final.stdout : after.stdout,
      },
      bytesIn: () => before?.bytes ?? null,
      bytesOut: () => (after === undefined ? final.bytes : after.bytes),
      keepsOutput: after === undefined && final.stdout === undefined && keepsOutput(keyed),
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
  });
  void Promise.all(stages.map(({ started }) => started)).then(parts.onStarted);
  await Promise.all(stages.map(({ ended }) => ended));
}
