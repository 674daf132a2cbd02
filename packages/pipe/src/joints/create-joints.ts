import type { PlannedStage } from '../stages/stage-entry.js';
import { openKernelPipes } from '../streams/open-kernel-pipes.js';
import type { Joint } from './joint.js';
import { KernelJoint } from './kernel-joint.js';
import { needsCopy } from './needs-copy.js';
import { StreamJoint } from './stream-joint.js';

/**
 * The connections between the stages of a pipeline: pipes of the operating system wherever they are possible.
 *
 * @param observed - somebody wants to see what goes through
 */
export async function createJoints(
  stages: readonly PlannedStage[],
  observed: boolean,
): Promise<readonly Joint[]> {
  const copied = stages.slice(1).map(({ entry: reader }, index) => {
    const writer = stages[index];
    return observed || writer === undefined || needsCopy(writer, reader);
  });
  const wanted = copied.filter((copy) => !copy).length;
  const pipes = wanted === 0 ? [] : [...((await openKernelPipes(wanted)) ?? [])];
  return copied.map((copy) => {
    const pipe = copy ? undefined : pipes.shift();
    return pipe === undefined ? new StreamJoint() : new KernelJoint(pipe);
  });
}
