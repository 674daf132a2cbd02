import type { Readable, Writable } from 'node:stream';
import type { Libc } from '../native/libc.js';
import { openSocket } from './open-socket.js';
import { PipeOutput } from './pipe-output.js';
import type { PipeWatch } from './pipe-watch.js';

/** Our ends of the pipes of one program: numbers until it has been started, and streams from then on. */
export class ProgramPipes {
  #stdin: Writable | null = null;
  #stdout: Readable | null = null;
  #stderr: Readable | null = null;
  readonly #ends: readonly (number | undefined)[];
  readonly #libc: Libc;
  readonly #watch: PipeWatch | undefined;

  /**
   * @param ends - by the number that the program has the other end under
   * @param watch - where there is none, every stream is a socket
   */
  constructor(ends: readonly (number | undefined)[], libc: Libc, watch: PipeWatch | undefined) {
    this.#ends = ends;
    this.#libc = libc;
    this.#watch = watch;
    if (watch === undefined) return;
    for (const output of ends.slice(1)) if (output !== undefined) watch.reserve(output);
  }

  get stdin(): Writable | null {
    return this.#stdin;
  }

  get stdout(): Readable | null {
    return this.#stdout;
  }

  get stderr(): Readable | null {
    return this.#stderr;
  }

  /** To be called once, when the program has been started. */
  open(): void {
    const [stdin, stdout, stderr] = this.#ends;
    if (stdin !== undefined) this.#stdin = openSocket(stdin, { readable: false });
    this.#stdout = this.#output(stdout);
    this.#stderr = this.#output(stderr);
  }

  /** To be called when the program has ended: whatever it has printed is there. */
  programEnds(): void {
    if (this.#stdout instanceof PipeOutput) this.#stdout.programEnds();
    if (this.#stderr instanceof PipeOutput) this.#stderr.programEnds();
  }

  /** Closes all of them, where nothing has become of the program. */
  close(): void {
    const streams = [this.#stdin, this.#stdout, this.#stderr];
    for (const [number, end] of this.#ends.entries()) {
      if (end === undefined) continue;
      const stream = streams[number] ?? null;
      if (stream !== null) stream.on('error', () => undefined).destroy();
      else {
        this.#watch?.release(end);
        this.#libc.close(end);
      }
    }
  }

  #output(end: number | undefined): Readable | null {
    if (end === undefined) return null;
    if (this.#watch === undefined) return openSocket(end, { readable: true });
    return new PipeOutput(end, this.#libc, this.#watch);
  }
}
