import { PassThrough } from 'node:stream';
import type { ProcessExit, ProcessHandle } from '../../src/contracts/process-handle.js';

/** A process that prints, ends and dies as the test says. */
export class HandMadeHandle implements ProcessHandle {
  readonly pid = 4242;
  readonly stdin = new PassThrough();
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly virtual = true;
  readonly exited: Promise<ProcessExit>;
  /** What was sent to it, in order. */
  readonly signals: NodeJS.Signals[] = [];
  /** Chunks that were given back to it, in order. */
  readonly recycled: Buffer[] = [];
  /** How often it was let go on. */
  continued = 0;
  /** Signals that end it. */
  fatal: readonly NodeJS.Signals[] = ['SIGKILL'];
  group = false;
  #exit!: (exit: ProcessExit) => void;
  #running = true;

  constructor() {
    this.exited = new Promise((resolve) => {
      this.#exit = resolve;
    });
  }

  signal(signal: NodeJS.Signals): boolean {
    if (!this.#running && !this.group) return false;
    this.signals.push(signal);
    if (this.fatal.includes(signal)) this.end({ exitCode: null, signal });
    return true;
  }

  continue(): void {
    this.continued += 1;
  }

  recycle(chunk: Buffer): void {
    this.recycled.push(chunk);
  }

  groupAlive(): boolean {
    return this.group || this.#running;
  }

  /** Ends the process; its output stays open. */
  exit(exit: ProcessExit = { exitCode: 0, signal: null }): void {
    this.#running = false;
    this.#exit(exit);
  }

  /** Ends the process and its output. */
  end(exit: ProcessExit = { exitCode: 0, signal: null }): void {
    this.stdout.end();
    this.stderr.end();
    this.exit(exit);
  }
}
