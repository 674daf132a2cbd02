import type { KeyedEntry, ProcessSpec } from '@proc/core';
import { quote } from '@proc/core/internal';
import type { PipelinePlan } from './run/pipeline-plan.js';
import { describeTee, isPath, type FileTarget } from './streams/tee-target.js';
import type { PlannedStage } from './stages/stage-entry.js';
import { specOf } from './run/command-entry.js';

/** Stages as a line for a shell, without secrets. A stage that is a longer shell line itself is put in parentheses. */
export function shellLine(
  stages: readonly PlannedStage[],
  { tees, file }: Partial<Pick<PipelinePlan, 'tees' | 'file'>> = {},
): string {
  const last = stages.length - 1;
  const words = stages.flatMap((stage, index) => [
    stageLine(stage),
    ...teeWords(index === last && tees !== undefined ? { tees } : stage),
  ]);
  return `${words.join(' | ')}${file === undefined ? '' : redirection(file)}`;
}

function redirection({ path, append }: FileTarget): string {
  return ` ${append ? '>>' : '>'} ${quote(describeTee(path))}`;
}

/** A stream of this process has no name that a shell could use. */
function teeWords({ tees = [] }: Pick<PlannedStage, 'tees'>): readonly string[] {
  return tees.map((tee) => {
    const target = describeTee(tee);
    return isPath(tee) ? `tee ${quote(target)}` : target;
  });
}

function stageLine({ entry, handsOn }: PlannedStage): string {
  const spec = specOf(entry);
  const line = grouped(lineOf(entry), spec);
  if (handsOn === 'stderr') return `${line} 2>&1 >/dev/null`;
  return spec?.mergeStderr === true ? `${line} 2>&1` : line;
}

function grouped(line: string, spec: ProcessSpec | undefined): string {
  if (spec?.command.kind !== 'shell' || !/[;&|<>\n#]/.test(line)) return line;
  // On a line of its own the parenthesis can not become part of a comment.
  return /[\n#]/.test(line) ? `( ${line}\n)` : `( ${line} )`;
}

/** A command that is not complete can not be written down; running it says what is missing. */
function lineOf(entry: KeyedEntry['entry']): string {
  try {
    return String(entry);
  } catch {
    return '(no command)';
  }
}
