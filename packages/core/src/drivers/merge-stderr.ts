import type { LaunchSpec } from '../contracts/process-driver.js';
import { findExecutable } from '../launch/find-executable.js';

/** Program and arguments of a launch. */
export interface LaunchArgv {
  readonly file: string;
  readonly args: readonly string[];
}

/**
 * The program and arguments to start for a launch. Where stderr shares stdout's descriptor, a shell joins the two
 * and is then replaced by the program (`exec`), since `child_process` can not give two streams one pipe.
 *
 * @throws an error with the code `ENOENT` or `EACCES` where the shell would hide that there is no such program
 */
export function launchArgv(launch: LaunchSpec): LaunchArgv {
  if (launch.stderr !== 'stdout') return launch;
  const lookup = findExecutable(launch.file, launch.env, launch.cwd);
  if (lookup.found !== 'yes') {
    const code = lookup.found === 'no' ? 'ENOENT' : 'EACCES';
    throw Object.assign(new Error(`spawn ${launch.file} ${code}`), { code });
  }
  return { file: '/bin/sh', args: ['-c', 'exec "$0" "$@" 2>&1', launch.file, ...launch.args] };
}
