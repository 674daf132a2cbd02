import type { LaunchSpec, ProcError } from '@proc/core';
import { startError, type StartFindings } from '@proc/core/internal';
import { constants } from 'node:os';

/**
 * The error that a start of this fake fails with: what core makes of the system's error for a real program.
 *
 * @param failure - a system error's code, or whatever was thrown
 */
export function fakeStartError(failure: unknown, launch: LaunchSpec): ProcError {
  const cause = typeof failure === 'string' ? systemError(failure, launch) : failure;
  return startError(launch, cause, findingsBehind(cause));
}

/** What would have been found; the real file system says nothing of a fake. */
function findingsBehind(cause: unknown): StartFindings {
  const { code } = Object(cause) as { readonly code?: unknown };
  return {
    directoryProblem: ({ cwd }) =>
      code === 'ENOTDIR'
        ? `the working directory is not a directory (${cwd ?? process.cwd()}).`
        : undefined,
    program: ({ file }) => {
      if (code === 'ENOENT') return { found: 'no' };
      return { found: code === 'EACCES' ? 'notExecutable' : 'yes', path: file };
    },
    hint: () => '',
  };
}

/** Codes that Node reports with the program; all others it throws without. */
const NAMED: ReadonlySet<string> = new Set(['EACCES', 'EAGAIN', 'EMFILE', 'ENFILE', 'ENOENT']);

function systemError(code: string, { file, args }: LaunchSpec): Error {
  const number = (constants.errno as Readonly<Record<string, number>>)[code];
  const errno = number === undefined ? undefined : -number;
  if (!NAMED.has(code)) {
    return Object.assign(new Error(`spawn ${code}`), { errno, code, syscall: 'spawn' });
  }
  const syscall = `spawn ${file}`;
  const details = { errno, code, syscall, path: file, spawnargs: args };
  return Object.assign(new Error(`${syscall} ${code}`), details);
}
