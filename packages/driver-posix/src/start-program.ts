import type { LaunchSpec } from '@proc/core';
import { leadsGroup, posixShell } from '@proc/core/internal';
import type { PipeWatch } from './output/pipe-watch.js';
import { ProgramPipes } from './output/program-pipes.js';
import { PosixHandle, type Beginning, type Surroundings } from './posix-handle.js';
import type { SpawnRequest } from './spawn/spawn-call.js';
import type { Spawner } from './spawn/spawner.js';
import { StdioEnds, type ChildEnd } from './spawn/stdio-ends.js';

/** What all starts of a thread share: one listener for SIGCHLD serves them all. */
export interface Workings extends Surroundings {
  readonly spawner: Spawner;
  /** Where there is none, every stream is a socket. */
  readonly watch: PipeWatch | undefined;
}

/**
 * Starts a program with its pipes.
 *
 * @throws the system's error; neither a program nor a descriptor is left behind then
 */
export async function startProgram(
  launch: LaunchSpec,
  request: SpawnRequest,
  { spawner, watch, libc, reaper }: Workings,
): Promise<PosixHandle> {
  const since = reaper.listen();
  const stdio = new StdioEnds(libc, launch);
  const pipes = new ProgramPipes(stdio.ours, libc, watch);
  try {
    const pid = await spawn(spawner, request, stdio.theirs);
    return handleOf(pid, launch, { pipes, since }, { libc, reaper });
  } catch (error) {
    pipes.close();
    throw error;
  } finally {
    stdio.closeTheirs();
  }
}

/** As `execvp(3)` does it, what is in no format that the system knows is given to a shell. */
async function spawn(
  spawner: Spawner,
  request: SpawnRequest,
  stdio: readonly ChildEnd[],
): Promise<number> {
  try {
    return await spawner.spawn(request, stdio);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOEXEC') throw error;
    const shell = posixShell();
    const args = [shell, request.path, ...request.args.slice(1)];
    return spawner.spawn({ ...request, path: shell, args }, stdio);
  }
}

/** Ends the program where no handle can be made of it: nobody else ever would. */
function handleOf(
  pid: number,
  launch: LaunchSpec,
  beginning: Beginning,
  surroundings: Surroundings,
): PosixHandle {
  try {
    return new PosixHandle(pid, launch, beginning, surroundings);
  } catch (error) {
    const { libc, reaper } = surroundings;
    libc.kill(leadsGroup(launch) ? -pid : pid, 'SIGKILL');
    void reaper.ended(pid, { since: beginning.since, holds: false });
    throw error;
  }
}
