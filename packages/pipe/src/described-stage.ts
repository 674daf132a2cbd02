import { isCommand } from './run/command-entry.js';
import { shellLine } from './shell-line.js';
import { describeTee } from './streams/tee-target.js';
import type { StageEntry, StderrMode } from './stages/stage-entry.js';

/** A stage of a pipeline, for those who look at it. */
export interface PipelineStage {
  /** Its name, else its position. */
  readonly key: string | number;
  /** As a shell line, without secrets; a placeholder for what runs in this process. */
  readonly command: string;
  /** What of its stderr the next stage reads; `null` when nothing. */
  readonly stderrToStdin: StderrMode | null;
  /** What gets a copy of what it hands on: paths, and streams by their kind. */
  readonly tees: readonly string[];
}

/** @param wide - what all stages but the last one hand on that say nothing themselves */
export function describeStages(
  stages: readonly StageEntry[],
  wide: StderrMode | undefined,
): readonly PipelineStage[] {
  return stages.map(({ key, entry, stderrToStdin, tees = [] }, index) => {
    const takesWide = index < stages.length - 1 && isCommand(entry);
    return {
      key,
      command: shellLine([{ key, entry }]),
      stderrToStdin: stderrToStdin ?? (takesWide ? wide : undefined) ?? null,
      tees: tees.map(describeTee),
    };
  });
}
