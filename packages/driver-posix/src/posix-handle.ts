import type { Readable, Writable } from 'node:stream';
import type { LaunchSpec, ProcessExit, ProcessHandle } from '@proc/core';
import { LocalGroup, leadsGroup } from '@proc/core/internal';
import type { Reaper } from './exit/reaper.js';
import type { Libc } from './native/libc.js';
import { openSocket } from './output/open-socket.js';
import { PipeOutput } from './output/pipe-output.js';
import type { PipeWatch } from './output/pipe-watch.js';

/** What was there before the program. */
export interface Beginning {
  /** Our ends of its pipes, by the number that the program has the other end under. */
  readonly ends: readonly (number | undefined)[];
  /** What the reaper said when it began to listen. */
  readonly since: number;
}

/** What the handles of one thread share. */
export interface Surroundings {
  readonly libc: Libc;
  readonly reaper: Reaper;
  /** Where there is none, every stream is a socket. */
  readonly watch: PipeWatch | undefined;
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

  constructor(
    readonly pid: number,
    launch: LaunchSpec,
    { ends, since }: Beginning,
    { libc, reaper, watch }: Surroundings,
  ) {
    const [stdin, stdout, stderr] = ends;
    this.#group = new LocalGroup(pid, launch);
    this.#leads = leadsGroup(launch);
    this.#libc = libc;
    const output = (fd: number | undefined): Readable | null => {
      if (fd === undefined) return null;
      if (watch === undefined) return openSocket(fd, { readable: true });
      return new PipeOutput(fd, libc, watch);
    };
    this.stdin = stdin === undefined ? null : openSocket(stdin, { readable: false });
    this.stdout = output(stdout);
    this.stderr = output(stderr);
    const outputs = [this.stdout, this.stderr];
    this.exited = reaper.ended(pid, { since, holds: !launch.detached }).then((exit) => {
      this.#group.markExited();
      for (const each of outputs) if (each instanceof PipeOutput) each.programEnds();
      return exit;
    });
    const look = (): void => {
      reaper.look(pid);
    };
    for (const each of outputs) each?.once('end', look);
  }

  polled(): void {
    // The system drives a real process.
  }

  signal(signal: NodeJS.Signals): boolean {
    return this.#group.signal(signal);
  }

  groupAlive(): boolean {
    // The answer to nearly every run, without the error that Node would make of it.
    if (this.#leads && !this.#libc.groupExists(this.pid)) return false;
    return this.#group.alive();
  }
}
