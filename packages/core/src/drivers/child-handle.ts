import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { LaunchSpec } from '../contracts/process-driver.js';
import type { ProcessExit, ProcessHandle } from '../contracts/process-handle.js';
import { realTime } from '../clock/real-time.js';
import { defineHidden } from '../kernel/define-hidden.js';
import { ChildChannel } from './child-channel.js';
import { freeChunk } from './free-chunk.js';
import { LocalGroup } from './local-group.js';

/** The handle of a `ChildProcess` that has been spawned. */
export class ChildHandle implements ProcessHandle {
  readonly pid: number | undefined;
  readonly stdin: Writable | null;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  readonly channel: ChildChannel | undefined;
  readonly exited: Promise<ProcessExit>;
  /** Said, and not left to a polluted Object.prototype. */
  readonly virtual = undefined;
  readonly #group: LocalGroup;
  readonly #sources: readonly (Readable | null)[];

  constructor(child: ChildProcess, launch: LaunchSpec) {
    this.pid = child.pid;
    this.stdin = child.stdin;
    this.stdout = child.stdout;
    this.stderr = child.stderr;
    this.channel = launch.ipc === null ? undefined : new ChildChannel(child);
    this.#group = new LocalGroup(child.pid, launch);
    this.#sources = [child.stdout, child.stderr];
    holdForReader(child.stdout);
    holdForReader(child.stderr);
    this.exited = new Promise((resolve) => {
      child.once('exit', (exitCode, signal) => {
        this.#group.markExited();
        keepUnread(child.stdout);
        keepUnread(child.stderr);
        resolve({ exitCode, signal });
      });
    });
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
    return this.#group.alive();
  }
}

/** Lets a stream wait for its first reader; execa would soon let it flow into nothing. */
function holdForReader(stream: Readable | null): void {
  if (stream === null) return;
  stream.pause();
  const release = (event: string | symbol): void => {
    if (event !== 'data') return;
    stream.off('newListener', release);
    stream.resume();
  };
  stream.on('newListener', release);
}

/**
 * Node lets the streams of a process that has exited flow, also those that are paused and those that nobody reads yet:
 * their content would be lost. It passes over what is not readable, so for that moment they are not.
 */
function keepUnread(stream: Readable | null): void {
  if (stream === null || stream.readableFlowing === true) return;
  defineHidden(stream, 'readable', false, { configurable: true });
  // Node does it in the next tick; the tick after that is ours.
  realTime.nextTick(() => realTime.nextTick(() => Reflect.deleteProperty(stream, 'readable')));
}
