import { accessSync, constants } from 'node:fs';
import type { LaunchSpec } from '../contracts/process-driver.js';
import { findExecutable, type ExecutableLookup } from './find-executable.js';
import { missingInterpreter } from './missing-interpreter.js';
import { missingProgramHint } from './missing-program-hint.js';
import { ownDirectory } from './own-directory.js';
import { pathStats } from './path-stats.js';

/** What is found after a failed start, to tell what the system's error was about. */
export interface StartFindings {
  /** What is wrong with the working directory, to follow "could not be started: "; `undefined` when nothing is. */
  directoryProblem(launch: LaunchSpec): string | undefined;
  program(launch: LaunchSpec): ExecutableLookup;
  /** What may have been meant by a program that is missing, as a sentence to be added, or `''`. */
  hint(launch: LaunchSpec): string;
  /** What interprets a program that was found, and is missing; `undefined` when that is not known. */
  interpreter?(path: string, launch: LaunchSpec): string | undefined;
}

const OWN_DIRECTORY_GONE =
  'the working directory of this process does not exist any more. Name another one with path().';

/** What is found on this machine. */
export const localFindings: StartFindings = Object.freeze({
  directoryProblem: ({ cwd }: LaunchSpec) => directoryProblem(cwd),
  program: ({ file, env, cwd }: LaunchSpec) => findExecutable(file, env, cwd),
  hint: ({ file, env, cwd }: LaunchSpec) => missingProgramHint(file, env, cwd),
  interpreter: (path: string, { cwd }: LaunchSpec) => missingInterpreter(path, cwd ?? '.'),
});

function directoryProblem(cwd: string | null): string | undefined {
  if (cwd === null) return ownDirectory() === undefined ? OWN_DIRECTORY_GONE : undefined;
  const stats = pathStats(cwd);
  if (stats === undefined) return `the working directory does not exist (${cwd}).`;
  if (!stats.isDirectory()) return `the working directory is not a directory (${cwd}).`;
  try {
    accessSync(cwd, constants.X_OK);
    return undefined;
  } catch {
    return `the working directory may not be entered (${cwd}).`;
  }
}
