import type { Readable, Writable } from 'node:stream';
import type { MessageChannel } from './message-channel.js';

/** How a process ended: exactly one of the two is not `null`. */
export interface ProcessExit {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A started process as its driver sees it. */
export interface ProcessHandle {
  /** `undefined` where the driver has no process of its own (a remote or fake one may make one up). */
  readonly pid: number | undefined;
  /** Present when `stdin` was `'pipe'`. Errors on it (`EPIPE`) are the caller's to handle. */
  readonly stdin: Writable | null;
  /** Present when `stdout` was `'pipe'`. Not flowing: no byte is lost before the first reader. */
  readonly stdout: Readable | null;
  /** Present when `stderr` was `'pipe'`. */
  readonly stderr: Readable | null;
  /** Present when the launch asked for `ipc`. No message is lost before the first receiver. */
  readonly channel?: MessageChannel | undefined;
  /**
   * Resolves when the process itself has ended, even if its streams are still held open by a descendant.
   * Never rejects.
   */
  readonly exited: Promise<ProcessExit>;
  /**
   * Sends a signal to the process, or to its whole group where it leads one.
   *
   * @returns whether there was anything to receive it; never throws for a process that is gone
   */
  signal(signal: NodeJS.Signals): boolean;
  /**
   * Lets what was stopped (`SIGSTOP`, `SIGTSTP`) go on, in the process or its group: called after the first signal of
   * an ending, which a stopped process would not act on. Does nothing for a process that is gone. Absent where a driver
   * has no such thing.
   */
  continue?(): void;
  /**
   * Whether any process of the group is left, also after the process itself has ended. Absent where a driver can
   * not tell: then the process stands for its group.
   */
  groupAlive?(): boolean;
  /**
   * Called each time the caller asks for the status or for new output, or begins to wait for more output or the
   * end. Real processes need no such call; a fake may advance on it, as Laravel's fakes do.
   */
  polled?(what: PollKind): void;
  /**
   * Takes a chunk of the output back that nobody needs any more: its memory may be freed, or used for what comes next.
   * Called at most once for each chunk, and for none that anybody else may have heard. Absent where a driver has no use
   * for them.
   *
   * @param source - the stream it came from; who has put another one in the place of the driver's may still have it
   */
  recycle?(chunk: Buffer, source: Readable): void;
  /** No process of this system stands behind it: its pid means nothing here, and there is nothing to guard. */
  readonly virtual?: true | undefined;
}

/** What a caller asks of a handle. */
export type PollKind = 'status' | 'output' | 'end';
