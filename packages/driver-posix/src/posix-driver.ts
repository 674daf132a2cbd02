import { isMainThread } from 'node:worker_threads';
import {
  NodeDriver,
  type DriverCapabilities,
  type LaunchSpec,
  type PipeEnds,
  type ProcessDriver,
  type ProcessHandle,
} from '@proc/core';
import {
  directLaunch,
  environmentToSearch,
  findExecutable,
  handOnInherited,
  inheritedBy,
  leadsGroup,
  localCapabilitiesOf,
  preludedLaunch,
} from '@proc/core/internal';
import { Reaper } from './exit/reaper.js';
import { Epoll } from './native/epoll.js';
import { Libc } from './native/libc.js';
import { OwnEnvironment } from './native/own-environment.js';
import { PipeWatch } from './output/pipe-watch.js';
import { Spawner } from './spawn/spawner.js';
import { startProgram, type Workings } from './start-program.js';

interface DriverWorkings extends Workings {
  readonly environment: OwnEnvironment;
}

let shared: DriverWorkings | undefined;

function workings(): DriverWorkings {
  if (shared !== undefined) return shared;
  const libc = Libc.load();
  // Descriptors that are no sockets would outlive a worker thread that is ended.
  const epoll = isMainThread ? Epoll.of(libc) : undefined;
  const watch = epoll && new PipeWatch(epoll);
  const reaper = new Reaper(libc, () => watch?.look());
  shared = {
    libc,
    spawner: new Spawner(libc),
    reaper,
    watch,
    environment: new OwnEnvironment(libc),
  };
  return shared;
}

/**
 * Starts programs with `posix_spawn(3)`, which does not copy the memory maps of this process as `fork(2)` does, and
 * gives them real pipes.
 *
 * What `posix_spawn` can't do (another user or group, a channel of messages, and a working directory where the C
 * library is older than glibc 2.29) is started by `child_process`, with all its properties.
 */
export class PosixDriver implements ProcessDriver {
  readonly name = 'posix';
  readonly capabilities: DriverCapabilities = localCapabilitiesOf(process.platform);
  readonly #other = new NodeDriver();

  /**
   * Whether it works on this system.
   *
   * Loads what it needs, once.
   */
  static isSupported(): boolean {
    try {
      workings();
      return true;
    } catch {
      return false;
    }
  }

  /** @throws {@link DriverUnavailableError} where it does not work */
  prepare(): Promise<void> | undefined {
    return shared === undefined ? this.#load() : undefined;
  }

  openPipe(): PipeEnds | undefined {
    // As above: what Node has not opened it does not close with a thread.
    return isMainThread ? workings().libc.pipe() : undefined;
  }

  async start(launch: LaunchSpec): Promise<ProcessHandle> {
    const shared = workings();
    if (isBeyond(launch, shared.spawner)) return this.#other.start(launch);
    const local = mergingItself(launch);
    const words = directLaunch(local) ?? (await preludedLaunch(local));
    const path = pathOf(words.file, launch);
    // Not before: what a prelude, or the error of a missing program, is made of has to be read at the call.
    const own = inheritedEnvironment(local, shared.environment);
    const request = {
      path,
      args: [words.argv0 ?? words.file, ...words.args],
      env: words.env ?? own ?? launch.env,
      cwd: launch.cwd,
      leads: leadsGroup(launch),
    };
    return shared.spawner.inTurn(() => startProgram(launch, request, shared));
  }

  async #load(): Promise<void> {
    workings();
  }
}

/** What has to be started otherwise. */
function isBeyond({ ipc, uid, gid, cwd }: LaunchSpec, spawner: Spawner): boolean {
  return (
    ipc !== null || uid !== null || gid !== null || (cwd !== null && !spawner.changesDirectory)
  );
}

/** One descriptor for both streams needs no shell here. */
function mergingItself(launch: LaunchSpec): LaunchSpec {
  return launch.stderr === 'stdout' ? { ...launch, stderr: 'null' } : launch;
}

/** All that this process's environment has, where a launch passes it on, and the C library can tell. */
function inheritedEnvironment(launch: LaunchSpec, environment: OwnEnvironment): Buffer | undefined {
  const parent = inheritedBy(launch);
  const copy = parent && environment.copyOf(parent);
  if (copy !== undefined) handOnInherited(launch);
  return copy;
}

/** `posix_spawnp` would search our own PATH, and not that of the program. */
function pathOf(file: string, launch: LaunchSpec): string {
  if (file.includes('/')) return file;
  const lookup = findExecutable(file, environmentToSearch(launch), launch.cwd);
  if (lookup.found === 'yes') return lookup.path;
  const code = lookup.found === 'no' ? 'ENOENT' : 'EACCES';
  throw Object.assign(new Error(`spawn ${file} ${code}`), { code, syscall: `spawn ${file}` });
}
