import type { KeyedEntry, StreamName } from '@proc/core';
import { InvalidArgumentError } from '@proc/core';
import { isCommand, specOf } from '../run/command-entry.js';
import { describeTee, type TeeTarget } from '../streams/tee-target.js';
import { ThroughStage } from './through-stage.js';

/**
 * What of stderr goes into the next stage: `both` streams in the order in which they were printed (`2>&1 |` of a
 * shell), or stderr `only` (`2>&1 >/dev/null |`, but stdout is kept in the stage's result).
 */
export type StderrMode = 'both' | 'only';

/** A stage as it was described. */
export interface StageEntry extends KeyedEntry {
  /** What gets a copy of what it hands on. */
  readonly tees?: readonly TeeTarget[] | undefined;
  readonly stderrToStdin?: StderrMode | undefined;
}

/** A stage as it runs. */
export interface PlannedStage extends KeyedEntry {
  readonly tees?: readonly TeeTarget[] | undefined;
  /** The stream that the next stage reads; `stdout` by default. */
  readonly handsOn?: StreamName | undefined;
}

/** @throws {@link InvalidArgumentError} when it is none */
export function requireStderrMode(mode: string): void {
  if (mode === 'both' || mode === 'only') return;
  throw new InvalidArgumentError(`stderrToStdin takes "both" or "only"; got "${mode}".`);
}

/**
 * What a stage's own word or that of the pipeline makes of the stages. Each run has its own copy of a command whose
 * streams are joined: the two then share one pipe, which alone keeps their order.
 *
 * @param wide - for all stages that say nothing themselves
 */
export function planStages(
  stages: readonly StageEntry[],
  wide: StderrMode | undefined,
): readonly PlannedStage[] {
  return stages.map(({ key, entry, tees, stderrToStdin = wide }, index) => {
    if (stderrToStdin === undefined || index === stages.length - 1 || !isCommand(entry)) {
      return { key, entry, tees };
    }
    return stderrToStdin === 'only'
      ? { key, entry, tees, handsOn: 'stderr' }
      : { key, tees, entry: entry.clone().mergeStderr() };
  });
}

/** @throws {@link InvalidArgumentError} for a stage that was told to hand on a stderr that it does not have */
export function refuseWithoutStderr(stages: readonly StageEntry[]): void {
  for (const [index, { key, entry, stderrToStdin }] of stages.entries()) {
    if (stderrToStdin === undefined) continue;
    if (index === stages.length - 1) refuse(key, 'there is no next stage');
    if (!isCommand(entry)) refuse(key, 'only commands have one');
  }
}

/** As {@link refuseWithoutStderr}, for all stages: those that run in this process have nothing to hand on. */
export function refuseForeignStderr(stages: readonly StageEntry[]): void {
  for (const { key, entry } of stages.slice(0, -1)) {
    if (!isCommand(entry) && !(entry instanceof ThroughStage)) {
      refuse(key, 'only commands have one; tell those that it is made of');
    }
  }
}

/** What changes what a stage does. */
export function stageFingerprint({ entry, handsOn, tees = [] }: PlannedStage): unknown {
  const own = entry.fingerprint?.() ?? entry.toString();
  const handed = handsOn === undefined ? own : { [handsOn]: own };
  return tees.length === 0 ? handed : { stage: handed, tees: tees.map(describeTee) };
}

/** @throws {@link InvalidArgumentError} for a stage whose stderr is in its stdout, so that there is none alone */
export function refuseMerged(stages: readonly PlannedStage[]): void {
  for (const { key, entry, handsOn } of stages) {
    if (handsOn === 'stderr' && specOf(entry)?.mergeStderr === true) {
      refuse(key, 'mergeStderr() has joined it to stdout; say stderrToStdin("both")');
    }
  }
}

function refuse(key: string | number, why: string): never {
  throw new InvalidArgumentError(
    `Stage ${String(key)} of the pipeline can not hand on its stderr: ${why}.`,
  );
}
