import type { PlannedStage } from '../stages/stage-entry.js';
import { pipeOf } from '../run/command-entry.js';
import { KernelPipe } from '../streams/kernel-pipe.js';
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
  const places = stages.slice(1).map((reader, index): 'copy' | 'shell' | KernelPipe => {
    const writer = stages[index];
    if (observed || writer === undefined || needsCopy(writer, reader.entry)) return 'copy';
    const ends = pipeOf(writer.entry) ?? pipeOf(reader.entry);
    return ends === undefined ? 'shell' : new KernelPipe(ends.read, ends.write);
  });
  const wanted = places.filter((place) => place === 'shell').length;
  const pipes = wanted === 0 ? [] : [...((await openKernelPipes(wanted)) ?? [])];
  return places.map((place) => {
    const pipe = place === 'shell' ? pipes.shift() : place;
    return pipe === undefined || pipe === 'copy' ? new StreamJoint() : new KernelJoint(pipe);
  });
}
