import { InvalidArgumentError } from '@proc/core';
import { specOf } from './command-entry.js';
import type { PipelinePlan } from './pipeline-plan.js';

/** What a stage has read or handed on is gone when it would be tried again. */
export function refuseRetries({ stages }: PipelinePlan): void {
  for (const { key, entry } of stages) {
    if ((specOf(entry)?.retry.times ?? 0) === 0) continue;
    throw new InvalidArgumentError(
      `Stage ${String(key)} of the pipeline can not be retried while the stages run together. Run it sequentially, or ` +
        'retry the pipeline as a whole.',
    );
  }
}
