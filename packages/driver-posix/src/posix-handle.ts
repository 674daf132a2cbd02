import type { Readable, Writable } from 'node:stream';
import type { LaunchSpec, ProcessExit, ProcessHandle } from '@proc/core';
import { LocalGroup, freeChunk, leadsGroup } from '@proc/core/internal';
import type { Reaper } from './exit/reaper.js';
import type { Libc } from './native/libc.js';
import type { ProgramPipes } from './output/program-pipes.js';

/** What was there before the program. */
export interface Beginning {
  readonly pipes: ProgramPipes;
  /** What the reaper said when it began to listen. */
  readonly since: number;
}

/** What the handles of one thread share. */
export interface Surroundings {
  readonly libc: Libc;
  readonly reaper: Reaper;
}

/** The handle of a program that `posix_spawn` has started. */
export class PosixHandle implements ProcessHandle {
  readonly stdin: Writable | null;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  readonly exited: Promise<ProcessExit>;
  /** Said, and not left to a polluted Object.prototype. */
  readonly channel = undefined;
  readonly virtual = undefined;
  readonly #group: LocalGroup;
  readonly #leads: boolean;
  readonly #libc: Libc;
  readonly #sources: readonly (Readable | null)[];

  constructor(
    readonly pid: number,
    launch: LaunchSpec,
    { pipes, since }: Beginning,
    { libc, reaper }: Surroundings,
  ) {
    this.#group = new LocalGroup(pid, launch);
    this.#leads = leadsGroup(launch);
    this.#libc = libc;
    pipes.open();
    this.stdin = pipes.stdin;
    this.stdout = pipes.stdout;
    this.stderr = pipes.stderr;
    this.#sources = [pipes.stdout, pipes.stderr];
    this.exited = reaper.ended(pid, { since, holds: !launch.detached }).then((exit) => {
      this.#group.markExited();
      pipes.programEnds();
      return exit;
    });
    const look = (): void => {
      reaper.look(pid);
    };
    this.stdout?.once('end', look);
    this.stderr?.once('end', look);
  }

  polled(): void {
    // The system drives a real process.
  }

  recycle(chunk: Buffer, source: Readable): void {
    if (this.#sources.includes(source)) freeChunk(chunk);
  }

  signal(signal: NodeJS.Signals): boolean {
    return this.#group.signal(signal);
  }

  continue(): void {
    this.#group.signal('SIGCONT');
  }

  groupAlive(): boolean {
    // The answer to nearly every run, without the error that Node would make of it.
    if (this.#leads && !this.#libc.groupExists(this.pid)) return false;
    return this.#group.alive();
  }
}
