import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
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
import { openTees } from '../streams/open-tees.js';
import type { FileTarget, TeeTarget } from '../streams/tee-target.js';
import { TeeSet } from '../streams/tee-set.js';

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
  /** Aborted when the run is interrupted. */
  readonly over: AbortSignal;
  /** A tee failed. */
  readonly onError: (error: ProcError) => void;
}

/** The stdout of the last stage, copied to the tees. Without any, the last stage keeps its output itself. */
export class FinalOutput {
  readonly #options: FinalOutputOptions;
  #tees: TeeSet | undefined;
  #spool: Spool | undefined;
  #copier: Writable | undefined;
  #bytes: number | null = null;

  constructor(options: FinalOutputOptions) {
    this.#options = options;
  }

  /**
   * Opens the tees; to be closed by {@link close} even if that fails.
   *
   * @throws {@link InvalidArgumentError} when a file can not be opened, or a stream has ended already
   */
  open(): void {
    const { tees, stdout, keep, file } = this.#options;
    if (tees.length === 0 && file === undefined) return;
    this.#tees = new TeeSet(openTees(tees, 'the output of the pipeline', file), (cause) => {
      this.#fail("A stream that gets a copy of the pipeline's output failed", cause);
    });
    this.#bytes = 0;
    if (stdout === undefined && keep && file === undefined) this.#spool = new Spool();
    this.#copier = this.#tees.copier(this.#next(), this.#keep);
  }

  /** See {@link OpenTee.empty}. */
  empty(): void {
    this.#tees?.empty();
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
    await this.#tees?.close(this.#options.over);
  }

  readonly #keep = (chunk: Buffer): void => {
    this.#bytes = (this.#bytes ?? 0) + chunk.length;
    try {
      this.#spool?.append(chunk);
    } catch (cause) {
      this.#fail('The output of the pipeline can not be kept', cause);
    }
  };

  #fail(what: string, cause: unknown): void {
    const { spec, onError } = this.#options;
    onError(new OutputCallbackError(`${what}: ${messageOf(cause)}`, spec, { cause }));
  }

  #next(): Writable | undefined {
    const { stdout } = this.#options;
    if (stdout === undefined || 'on' in stdout) return stdout;
    return createWriteStream('', { fd: stdout.fd, autoClose: false });
  }
}
