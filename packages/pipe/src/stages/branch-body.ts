import type { Readable } from 'node:stream';
import type { Launchable } from '@proc/core';
import { outputOf } from '@proc/core/internal';
import { StreamJoint } from '../joints/stream-joint.js';
import type { PipelineResult } from '../results/pipeline-result.js';
import { writeTo } from '../streams/write-to.js';
import type { StageBody } from './stage-body.js';
import { failedEnding, type StageEnding } from './stage-ending.js';

/**
 * A stage that gives its input to several pipelines at once, as fast as the slowest reads, and hands on what they
 * print, one after the other in their order. An error of one is the end of all.
 *
 * @param results - gets what the branches end with
 */
export function branchBody(
  branches: ReadonlyMap<string, Launchable<PipelineResult>>,
  results: Map<string, PipelineResult>,
): StageBody {
  return async function* (source, context) {
    const joints: StreamJoint[] = [];
    const outcomes = [...branches].map(async ([key, pipeline]) => {
      const joint = new StreamJoint();
      joints.push(joint);
      const result = await context.launch(pipeline, { stdio: { stdin: joint.stdin } }).outcome;
      results.set(key, result);
      joint.readerEnded();
      return result;
    });
    const broken = firstError(outcomes);
    const fed = feed(source, joints);
    for (const outcome of outcomes) {
      const next = await Promise.race([broken, outcome]);
      if ('reason' in next && !('stream' in next)) return next;
      yield* next.stream() as AsyncIterable<Buffer>;
    }
    await fed;
    return endingOf([...branches.keys()].flatMap((key) => results.get(key) ?? []));
  };
}

/** Never rejects: an error of the source is told by its own event. A branch that has ended wants no more. */
async function feed(source: Readable, joints: readonly StreamJoint[]): Promise<void> {
  try {
    // Leaving a loop over the stream itself would fail it.
    for await (const chunk of source.iterator({
      destroyOnReturn: false,
    }) as AsyncIterable<Buffer>) {
      await Promise.all(joints.map(({ output }) => writeTo(output, chunk)));
      if (joints.every(({ output }) => output.destroyed)) {
        source.destroy();
        break;
      }
    }
    for (const joint of joints) joint.writerEnded();
  } catch {
    // Its branches are stopped: they would take what they have for all of it.
  }
}

/** Resolves with the first error that one ends with; never, when there is none. */
function firstError(outcomes: readonly Promise<PipelineResult>[]): Promise<StageEnding> {
  return new Promise((resolve) => {
    for (const outcome of outcomes) {
      void outcome.then(({ error, reason }) => {
        if (error !== null) resolve(failedEnding(reason ?? 'failedToStart', error));
      });
    }
  });
}

/** Of several that failed the last one counts, as in a pipeline. */
function endingOf(results: readonly PipelineResult[]): StageEnding | undefined {
  const failed = results.findLast((result) => result.failed());
  if (failed === undefined) return undefined;
  const { exitCode, signal, reason } = failed;
  return { exitCode, signal, reason, error: null, stderr: outputOf(failed, 'stderr') };
}
