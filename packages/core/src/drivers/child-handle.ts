import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { LaunchSpec } from '../contracts/process-driver.js';
import type { ProcessExit, ProcessHandle } from '../contracts/process-handle.js';
import { defineHidden } from '../kernel/define-hidden.js';
import { ChildChannel } from './child-channel.js';
import { groupAlive, processExists, signalGroup } from './process-group.js';

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
  readonly #leadsGroup: boolean;
  #hasExited = false;

  constructor(child: ChildProcess, launch: LaunchSpec) {
    this.pid = child.pid;
    this.stdin = child.stdin;
    this.stdout = child.stdout;
    this.stderr = child.stderr;
    this.channel = launch.ipc === null ? undefined : new ChildChannel(child);
    this.#leadsGroup = leadsGroup(launch);
    holdForReader(child.stdout);
    holdForReader(child.stderr);
    this.exited = new Promise((resolve) => {
      child.once('exit', (exitCode, signal) => {
        this.#hasExited = true;
        keepUnread(child.stdout);
        keepUnread(child.stderr);
        resolve({ exitCode, signal });
      });
    });
  }

  polled(): void {
    // The system drives a real process.
  }

  signal(signal: NodeJS.Signals): boolean {
    if (this.pid === undefined) return false;
    // After the exit the pid may be anybody's; the group's number stays taken as long as it has a member.
    if (this.#hasExited && !this.groupAlive()) return false;
    return signalGroup(this.pid, signal, !this.#leadsGroup);
  }

  groupAlive(): boolean {
    if (this.pid === undefined) return false;
    if (!this.#leadsGroup) return !this.#hasExited;
    // No process can get this number as long as the group has a member. One that has it leads another group.
    return groupAlive(this.pid) && !(this.#hasExited && processExists(this.pid));
  }
}

/** Whether the started process will lead a group of its own. Windows has none; there `detached` means a console. */
export function leadsGroup(launch: LaunchSpec): boolean {
  return process.platform !== 'win32' && (launch.processGroup || launch.detached);
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
  process.nextTick(() => process.nextTick(() => Reflect.deleteProperty(stream, 'readable')));
}
