import { Readable } from 'node:stream';
import type { Retention } from './retention.js';

const STEP = 64 * 1024;

/** What is kept of a stream, up to a moment: the bytes, the text, or a stream of them. */
export class RetainedOutput {
  readonly #retention: Retention;
  readonly #end: number;
  readonly #encoding: BufferEncoding;
  #text: string | undefined;

  constructor(retention: Retention, encoding: BufferEncoding) {
    this.#retention = retention;
    this.#end = retention.total;
    this.#encoding = encoding;
  }

  /** @throws {RangeError} when they are more than a buffer can hold */
  bytes(): Buffer {
    return this.#retention.read(0, this.#end);
  }

  text(): string {
    this.#text ??= this.bytes().toString(this.#encoding);
    return this.#text;
  }

  /** The last of the bytes that are kept as text, for messages. */
  tail(bytes: number): string {
    const end = Math.min(this.#end, this.#retention.end);
    return this.#retention.read(Math.max(0, end - bytes), end).toString(this.#encoding);
  }

  stream(): Readable {
    return Readable.from(this.#steps(), { objectMode: false, highWaterMark: STEP });
  }

  *#steps(): Generator<Buffer> {
    for (let position = 0; position < this.#end; position += STEP) {
      const step = this.#retention.read(position, Math.min(position + STEP, this.#end));
      if (step.length > 0) yield step;
    }
  }
}
