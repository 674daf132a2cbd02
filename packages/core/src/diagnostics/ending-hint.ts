import type { ProcessSpec } from '../contracts/process-spec.js';
import type { ProcessExit } from '../contracts/process-handle.js';
import { missingProgramHint } from '../launch/missing-program-hint.js';

const MEMORY = ' If nobody sent it, the system may have run out of memory.';

/** What may be behind an exit code or a signal, as a sentence to be added; `''` when there is nothing to say. */
export function endingHint(spec: ProcessSpec, { exitCode, signal }: ProcessExit): string {
  if (signal !== null) return (signal === 'SIGKILL' ? MEMORY : '') + limitsHint(spec);
  if (exitCode === 137) return ` That is what a shell makes of SIGKILL.${MEMORY}`;
  if (exitCode === 127) return missingHint(spec);
  return '';
}

/** A program that meets a limit seldom says so. */
function limitsHint({
  limits: { cpuSeconds, memoryBytes, files, processes },
}: ProcessSpec): string {
  const given = [
    cpuSeconds === null ? '' : `${cpuSeconds} s of cpu`,
    memoryBytes === null ? '' : `${memoryBytes} bytes of memory`,
    files === null ? '' : `${files} files`,
    processes === null ? '' : `${processes} processes`,
  ].filter((limit) => limit !== '');
  return given.length === 0 ? '' : ` It was limited to ${given.join(', ')}.`;
}

/** A shell found no program of the line's first word. */
function missingHint({ command, env, cwd }: ProcessSpec): string {
  if (command.kind !== 'shell') return '';
  const [word = ''] = command.line.trimStart().split(/[\s;|&<>()]/, 1);
  const path = env.set['PATH'] ?? process.env['PATH'];
  if (path === undefined || !/^[\w.-]+$/.test(word)) return '';
  return missingProgramHint(word, { PATH: path }, cwd);
}
