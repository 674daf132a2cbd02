import type { LaunchSpec } from '../contracts/process-driver.js';
import { hasRelativePath, isProgramPath } from '../launch/executable-candidates.js';
import { findExecutable } from '../launch/find-executable.js';
import { environmentToSearch } from '../launch/inherited-environment.js';
import { interpreterProblem } from '../launch/interpreter-problem.js';
import { ownDirectory } from '../launch/own-directory.js';
import type { LaunchWords } from './launch-words.js';
import { requireAllowed } from './limit-trial.js';
import { needsPrelude, withPrelude } from './posix-prelude.js';

/**
 * What to start on this machine for a launch that needs no prelude. PATH is searched in its absolute directories only,
 * never in the working directory.
 *
 * @returns `undefined` where a prelude has to do what `child_process` can't be told
 * @throws the errors that starting the program would give, as far as the platform would hide them
 */
export function directLaunch(
  launch: LaunchSpec,
  platform: NodeJS.Platform = process.platform,
): LaunchWords | undefined {
  const { file, args } = launch;
  // It would be inherited, and then fail in each driver in its own way.
  if (launch.cwd === null && ownDirectory() === undefined) throw systemError(file, 'ENOENT');
  const env = undefined;
  const argv0 = undefined;
  if (platform === 'win32') return { file: windowsProgram(launch), args, env, argv0 };
  if (needsPrelude(launch)) return undefined;
  return hasUnsafeSearch(launch, platform)
    ? { file: locate(launch), args, env, argv0: file }
    : { file, args, env, argv0 };
}

/**
 * As `directLaunch`, for what that leaves.
 *
 * @throws the errors that starting the program would give, as far as the prelude would hide them
 */
export async function preludedLaunch(
  launch: LaunchSpec,
  platform: NodeJS.Platform = process.platform,
): Promise<LaunchWords> {
  const { file } = launch;
  const path = locate(launch);
  const problem = interpreterProblem(path, launch.cwd ?? '.');
  if (problem !== undefined) throw systemError(file, problem);
  await requireAllowed(launch, path);
  // Shells take a dash for an option, and without a PATH look in places of their own.
  const ambiguous =
    hasUnsafeSearch(launch, platform) ||
    file.startsWith('-') ||
    !Object.hasOwn(environmentToSearch(launch), 'PATH');
  return withPrelude(launch, ambiguous ? path : file);
}

/** Whether the system would look for the program in the working directory. */
function hasUnsafeSearch(launch: LaunchSpec, platform: NodeJS.Platform): boolean {
  return (
    !isProgramPath(launch.file, platform) && hasRelativePath(environmentToSearch(launch), platform)
  );
}

/** The path of a program on Windows, which itself would begin its search in the working directory. */
function windowsProgram(launch: LaunchSpec): string {
  const lookup = findExecutable(launch.file, launch.env, launch.cwd, 'win32');
  if (lookup.found === 'yes') return lookup.path;
  if (isProgramPath(launch.file, 'win32')) return launch.file;
  throw systemError(launch.file, 'ENOENT');
}

function locate(launch: LaunchSpec): string {
  const { file, cwd } = launch;
  const lookup = findExecutable(file, environmentToSearch(launch), cwd);
  if (lookup.found === 'yes') return lookup.path;
  throw systemError(file, lookup.found === 'no' ? 'ENOENT' : 'EACCES');
}

function systemError(file: string, code: string): Error {
  return Object.assign(new Error(`spawn ${file} ${code}`), { code, syscall: `spawn ${file}` });
}
