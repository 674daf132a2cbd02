import { createWriteStream } from 'node:fs';
import { Writable } from 'node:stream';
import {
  OutputCallbackError,
  type LaunchStreams,
  type ProcError,
  type ProcessSpec,
} from '@proc/core';
import type { KeptOutput } from '@proc/core/internal';
import { messageOf } from '../errors/message-of.js';
import { KeptSpool, NO_OUTPUT } from '../results/kept-spool.js';
import { Spool } from '../streams/spool.js';
import {
  openTarget,
  openTee,
  type FileTarget,
  type OpenTee,
  type TeeTarget,
} from '../streams/tee.js';
import { writeTo } from '../streams/write-to.js';

/** Where the stdout of the last stage goes. */
export interface FinalOutputOptions {
  readonly tees: readonly TeeTarget[];
  /** Gets the output in place of its being kept. */
  readonly file: FileTarget | undefined;
  /** Given by whoever launched the pipeline, in place of its being kept. */
  readonly stdout: LaunchStreams['stdout'];
  /** Whether it is to be kept. */
  readonly keep: boolean;
  readonly spec: ProcessSpec;
  /** A tee failed. */
  readonly onError: (error: ProcError) => void;
}

/** The stdout of the last stage, copied to the tees. Without any, the last stage keeps its output itself. */
export class FinalOutput {
  readonly #options: FinalOutputOptions;
  readonly #tees: OpenTee[] = [];
  readonly #cleanups: (() => void)[] = [];
  #spool: Spool | undefined;
  #copier: Writable | undefined;
  #bytes: number | null = null;

  constructor(options: FinalOutputOptions) {
    this.#options = options;
  }

  /**
   * Opens the tees; to be closed by {@link close} even if that fails.
   *
   * @throws {@link InvalidArgumentError} when a file can not be opened
   */
  open(): void {
    const { tees, stdout, keep, file } = this.#options;
    if (tees.length === 0 && file === undefined) return;
    for (const target of tees) this.#tees.push(openTee(target));
    if (file !== undefined) this.#tees.push(openTarget(file));
    this.#bytes = 0;
    if (stdout === undefined && keep && file === undefined) this.#spool = new Spool();
    this.#copier = this.#createCopier();
  }

  /** For the last stage. */
  get stdout(): LaunchStreams['stdout'] {
    return this.#copier ?? this.#options.stdout;
  }

  /** What was kept here; `undefined` when the last stage has it. */
  get kept(): KeptOutput | undefined {
    if (this.#copier === undefined || this.#options.stdout !== undefined) return undefined;
    return this.#spool === undefined ? NO_OUTPUT : new KeptSpool(this.#spool);
  }

  /** Bytes that went through; `null` when they were not seen here. */
  get bytes(): number | null {
    return this.#bytes;
  }

  /**
   * Closes what was opened here, and ends what was given in place of keeping the output, should the last stage not
   * have run. Resolves when everything is written. Never rejects.
   */
  async close(): Promise<void> {
    const { stdout } = this.#options;
    if (stdout !== undefined && 'on' in stdout && !stdout.writableEnded) stdout.end();
    await Promise.all(this.#tees.map((tee) => tee.close()));
    for (const cleanup of this.#cleanups) cleanup();
  }

  #createCopier(): Writable {
    const next = this.#next();
    const copier = new Writable({
      // Every write waits for the slowest copy.
      highWaterMark: 1,
      write: (chunk: Buffer, _encoding, done) => {
        this.#bytes = (this.#bytes ?? 0) + chunk.length;
        const targets = [
          ...this.#tees.map(({ stream }) => stream),
          ...(next === undefined ? [] : [next]),
        ];
        try {
          this.#spool?.append(chunk);
        } catch (cause) {
          const message = `The output of the pipeline can not be kept: ${messageOf(cause)}`;
          this.#options.onError(new OutputCallbackError(message, this.#options.spec, { cause }));
          done();
          return;
        }
        void Promise.all(targets.map((target) => writeTo(target, chunk))).then(() => done());
      },
      final: (done) => {
        next?.end();
        done();
      },
    });
    copier.on('error', () => undefined);
    // As tee(1) does when its own reader goes.
    if (next !== undefined) this.#listen(next, 'close', () => copier.destroy());
    for (const { stream } of this.#tees) {
      this.#listen(stream, 'error', (cause) => {
        const message = `A stream that gets a copy of the pipeline's output failed: ${messageOf(cause)}`;
        this.#options.onError(new OutputCallbackError(message, this.#options.spec, { cause }));
      });
    }
    return copier;
  }

  #next(): Writable | undefined {
    const { stdout } = this.#options;
    if (stdout === undefined || 'on' in stdout) return stdout;
    return createWriteStream('', { fd: stdout.fd, autoClose: false });
  }

  #listen(stream: Writable, event: 'error' | 'close', listener: (cause?: unknown) => void): void {
    stream.on(event, listener);
    this.#cleanups.push(() => stream.off(event, listener));
  }
}
