import type { Duration, LaunchSpec, OutputType } from '@proc/core';
import type { Readable } from 'node:stream';

/** A fake process seen from inside. */
export interface FakeChild {
  /** Program, arguments, environment and directory that it was started with. */
  readonly launch: LaunchSpec;
  /** The standard input; empty where there is none. The writer waits until it is read. */
  readonly stdin: Readable;
  /** Prints exactly this; resolves when there is room for more, and never once the process has ended. */
  write(type: OutputType, data: string | Uint8Array): Promise<void>;
  /** Lets time pass, by the clock of its fakes; never resolves once the process has ended. */
  sleep(duration: Duration): Promise<void>;
  /** Messages that are sent to it, from the first one on, until its channel is closed; none without a channel. */
  readonly messages: AsyncIterable<unknown>;
  /** Sends a message; without a channel, or after its end, nothing happens. */
  send(message: unknown): void;
  /** Closes the channel. */
  disconnect(): void;
  /** Closes one of its output streams, or both, and goes on. */
  closeOutput(type?: OutputType): void;
  /** Handles a signal, which then does not end the process. SIGKILL and SIGSTOP can not be handled. */
  onSignal(signal: NodeJS.Signals, handler: () => void): void;
  /** Ends the process at once, with this exit code or by this signal; default: as described. */
  exit(how?: number | NodeJS.Signals): void;
  /** Aborted when the process ends: stop what you do. */
  readonly signal: AbortSignal;
}

/**
 * Code that plays a program. It may return an exit code, or the signal to die of; else the description's holds.
 *
 * A throw is a crash: the error goes to stderr, and the exit code is 1.
 */
export type FakeProgram = (
  child: FakeChild,
) => number | NodeJS.Signals | void | Promise<number | NodeJS.Signals | void>;
