import type { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { OutputCallback } from '@proc/core';
import type { KeptOutput } from '@proc/core/internal';
import { KeptSpool, NO_OUTPUT } from '../results/kept-spool.js';
import { Spool } from '../streams/spool.js';
import { writeTo } from '../streams/write-to.js';

/** Where the output of an in-process stage goes. */
export interface StageOutputOptions {
  /** Gets the bytes instead of their being kept. */
  readonly target: Writable | undefined;
  readonly onOutput: OutputCallback | undefined;
  readonly key: string | number | undefined;
  /** The target was closed before the end of the output. */
  readonly onClosed: () => void;
  readonly onCallbackError: (cause: unknown) => void;
}

/** Takes the output of an in-process stage: keeps it or hands it on, and shows it to the output callback. */
export class StageOutput {
  readonly kept: KeptOutput;
  readonly #options: StageOutputOptions;
  readonly #spool: Spool | undefined;
  readonly #decoder = new StringDecoder('utf8');
  #ended = false;

  constructor(options: StageOutputOptions) {
    this.#options = options;
    if (options.target === undefined) {
      this.#spool = new Spool();
      this.kept = new KeptSpool(this.#spool);
    } else {
      this.kept = NO_OUTPUT;
      options.target.on('error', this.#closed).on('close', this.#closed);
    }
  }

  /** Resolves when more may be written. */
  async write(bytes: Buffer): Promise<void> {
    this.#spool?.append(bytes);
    if (this.#options.onOutput !== undefined) await this.#show(this.#decoder.write(bytes));
    if (this.#options.target !== undefined) await writeTo(this.#options.target, bytes);
  }

  /** Idempotent. */
  async end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    const { target } = this.#options;
    target?.end();
    await this.#show(this.#decoder.end());
  }

  async #show(text: string): Promise<void> {
    const { onOutput, key, onCallbackError } = this.#options;
    if (text === '' || onOutput === undefined) return;
    try {
      await onOutput('out', text, key);
    } catch (error) {
      onCallbackError(error);
    }
  }

  readonly #closed = (): void => {
    if (!this.#ended) this.#options.onClosed();
  };
}
