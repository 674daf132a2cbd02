import { showableCommand } from '../command/showable-command.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import { freezeSpec } from './freeze-run.js';
import { emptyDraft } from './process-draft.js';

/**
 * A specification for what is no single command (a pipeline, an in-process stage), so that its errors have one.
 * Never throws.
 *
 * @param line - what it is, as a shell line
 */
export function describedLine(line: string, timeoutMs: number | null = null): ProcessSpec {
  const command = showableCommand(line);
  return freezeSpec({ ...emptyDraft(), command, shell: true, timeoutMs, quiet: true });
}
