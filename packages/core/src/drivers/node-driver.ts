import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import type { LaunchSpec, ProcessDriver } from '../contracts/process-driver.js';
import type { ProcessHandle } from '../contracts/process-handle.js';
import { unpolluted } from '../kernel/unpolluted.js';
import { ChildHandle } from './child-handle.js';
import { noteShortage, requireDescriptors } from './descriptor-room.js';
import { localCapabilities } from './local-capabilities.js';
import { leadsGroup } from './local-group.js';
import { directLaunch, preludedLaunch } from './local-launch.js';
import { refuseBatchFile } from './refuse-batch-file.js';
import { stdioOf } from './stdio.js';

/** Starts programs with `node:child_process`, without any dependency. */
export class NodeDriver implements ProcessDriver {
  readonly name = 'node';
  readonly capabilities = localCapabilities;

  /** Everything is here already; said, and not left to a polluted Object.prototype. */
  prepare(): undefined {
    return undefined;
  }

  async start(launch: LaunchSpec): Promise<ProcessHandle> {
    const { file, args, env, argv0 } = directLaunch(launch) ?? (await preludedLaunch(launch));
    refuseBatchFile(launch, file);
    const options: SpawnOptions = {
      cwd: launch.cwd ?? undefined,
      env: env ?? launch.env,
      argv0,
      stdio: stdioOf(launch),
      serialization: launch.ipc ?? 'json',
      detached: launch.detached || leadsGroup(launch),
      windowsHide: true,
      windowsVerbatimArguments: launch.verbatimArguments,
      uid: launch.uid ?? undefined,
      gid: launch.gid ?? undefined,
    };
    requireDescriptors();
    const child: ChildProcess = unpolluted(() => spawn(file, args, options));
    // Without a descriptor left there are no streams either: nothing but the system's error, which is on its way.
    if (child.pid === undefined) throw noteShortage(((await once(child, 'error')) as [Error])[0]);
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
