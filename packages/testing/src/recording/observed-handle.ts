import type { MessageChannel, PollKind, ProcessExit, ProcessHandle } from '@proc/core';
import type { Readable, Writable } from 'node:stream';

/** A real process whose signals are taken note of. */
export class ObservedHandle implements ProcessHandle {
  readonly exited: Promise<ProcessExit>;
  readonly groupAlive?: () => boolean;
  readonly continue?: () => void;
  readonly #handle: ProcessHandle;
  readonly #onSignal: (signal: NodeJS.Signals) => void;

  constructor(handle: ProcessHandle, onSignal: (signal: NodeJS.Signals) => void) {
    this.#handle = handle;
    this.#onSignal = onSignal;
    this.exited = handle.exited;
    const groupAlive = handle.groupAlive?.bind(handle);
    if (groupAlive !== undefined) this.groupAlive = groupAlive;
    const goOn = handle.continue?.bind(handle);
    if (goOn !== undefined) this.continue = goOn;
  }

  get pid(): number | undefined {
    return this.#handle.pid;
  }

  get stdin(): Writable | null {
    return this.#handle.stdin;
  }

  get stdout(): Readable | null {
    return this.#handle.stdout;
  }

  get stderr(): Readable | null {
    return this.#handle.stderr;
  }

  get channel(): MessageChannel | undefined {
    return this.#handle.channel;
  }

  signal(signal: NodeJS.Signals): boolean {
    const sent = this.#handle.signal(signal);
    if (sent) this.#onSignal(signal);
    return sent;
  }

  polled(what: PollKind): void {
    this.#handle.polled?.(what);
  }
}
