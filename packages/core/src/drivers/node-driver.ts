import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { LaunchSpec, ProcessDriver } from '../contracts/process-driver.js';
import type { ProcessHandle } from '../contracts/process-handle.js';
import { ChildHandle, leadsGroup } from './child-handle.js';
import { localCapabilities } from './local-capabilities.js';
import { launchArgv } from './merge-stderr.js';
import { stdioOf } from './stdio.js';

/** Starts programs with `node:child_process`, without any dependency. */
export class NodeDriver implements ProcessDriver {
  readonly name = 'node';
  readonly capabilities = localCapabilities;

  async start(launch: LaunchSpec): Promise<ProcessHandle> {
    const { file, args } = launchArgv(launch);
    const child: ChildProcess = spawn(file, args, {
      cwd: launch.cwd ?? undefined,
      env: launch.env,
      stdio: stdioOf(launch),
      serialization: launch.ipc ?? 'json',
      detached: launch.detached || leadsGroup(launch),
      windowsHide: true,
      windowsVerbatimArguments: launch.verbatimArguments,
      ...(launch.uid === null ? {} : { uid: launch.uid }),
      ...(launch.gid === null ? {} : { gid: launch.gid }),
    });
    // Without a descriptor left there are no streams either: nothing but the system's error, which is on its way.
    if (child.pid === undefined) throw ((await once(child, 'error')) as [Error])[0];
    const handle = new ChildHandle(child, launch);
    // `once` rejects with the system's error when 'error' comes first.
    await once(child, 'spawn');
    child.on('error', ignore);
    if (launch.detached) child.unref();
    return handle;
  }
}

/** After the start, 'error' only repeats a failed signal, which the sender has been told of. */
function ignore(): void {
  // Nothing is left to do.
}
