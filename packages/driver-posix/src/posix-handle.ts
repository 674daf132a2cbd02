import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import type { LaunchSpec, ProcessExit, ProcessHandle } from '@proc/core';
import { LocalGroup, ownOnly, unpolluted } from '@proc/core/internal';
import type { Reaper } from './exit/reaper.js';
import type { Libc } from './native/libc.js';
import { PipeOutput } from './output/pipe-output.js';
import type { PipeWatch } from './output/pipe-watch.js';

/** What the handles of one thread share. */
export interface Surroundings {
  readonly libc: Libc;
  readonly reaper: Reaper;
  readonly watch: PipeWatch;
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

  /** @param ends - our ends of its pipes, by the number that the program has the other end under */
  constructor(
    readonly pid: number,
    launch: LaunchSpec,
    ends: readonly (number | undefined)[],
    { libc, reaper, watch }: Surroundings,
  ) {
    const [stdin, stdout, stderr] = ends;
    this.#group = new LocalGroup(pid, launch);
    const output = (fd: number | undefined): PipeOutput | null =>
      fd === undefined ? null : new PipeOutput(fd, libc, watch);
    const outputs = [output(stdout), output(stderr)] as const;
    this.stdin = stdin === undefined ? null : openInput(stdin);
    [this.stdout, this.stderr] = outputs;
    this.exited = reaper.ended(pid, { holds: !launch.detached }).then((exit) => {
      this.#group.markExited();
      for (const each of outputs) each?.programEnds();
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
    return this.#group.alive();
  }
}

/** A stream into a pipe. Node closes our end with it. */
function openInput(fd: number): Socket {
  return unpolluted(() => new Socket(ownOnly({ fd, readable: false, writable: true })));
}
