import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import type { LaunchSpec, ProcessExit, ProcessHandle } from '@proc/core';
import { LocalGroup, ownOnly, unpolluted } from '@proc/core/internal';
import type { Reaper } from './exit/reaper.js';

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
    reaper: Reaper,
  ) {
    const [stdin, stdout, stderr] = ends;
    this.#group = new LocalGroup(pid, launch);
    this.stdin = stdin === undefined ? null : openPipe(stdin, { readable: false });
    this.stdout = stdout === undefined ? null : openPipe(stdout, { readable: true });
    this.stderr = stderr === undefined ? null : openPipe(stderr, { readable: true });
    this.exited = reaper.ended(pid, { holds: !launch.detached }).then((exit) => {
      this.#group.markExited();
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

  signal(signal: NodeJS.Signals): boolean {
    return this.#group.signal(signal);
  }

  groupAlive(): boolean {
    return this.#group.alive();
  }
}

/** A stream of the end of a pipe. Node closes the end with it, and reads no more than it has room for. */
function openPipe(fd: number, { readable }: { readonly readable: boolean }): Socket {
  return unpolluted(() => new Socket(ownOnly({ fd, readable, writable: !readable })));
}
