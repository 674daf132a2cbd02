import { Readable } from 'node:stream';
import type { SecretTable } from '../redaction/secret-table.js';
import { decodeCut } from './decode-cut.js';
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

  /** Number of bytes that are kept. What a limit has cut is small enough to be read for it. */
  get size(): number {
    return this.#retention.truncated ? this.bytes().length : this.#end;
  }

  /** @throws {RangeError} when they are more than a buffer can hold */
  bytes(): Buffer {
    return this.#retention.read(0, this.#end);
  }

  /** What a limit has cut off leaves no part of a character behind. */
  text(): string {
    this.#text ??= this.#retention.truncated
      ? this.#cutText()
      : this.bytes().toString(this.#encoding);
    return this.#text;
  }

  /** The last of the bytes that are kept as text, for messages: without secrets, nor what a cut leaves of one. */
  tail(bytes: number, secrets: SecretTable): string {
    const end = Math.min(this.#end, this.#retention.end);
    const start = Math.max(this.#retention.unbroken, end - bytes - secrets.reach);
    const cut = { from: start, end: this.#retention.end < this.#end };
    const text = decodeCut(this.#retention.read(start, end), this.#encoding, cut);
    return secrets.redact(text, { start: start > 0, end: cut.end });
  }

  stream(): Readable {
    return Readable.from(this.#steps(), { objectMode: false, highWaterMark: STEP });
  }

  #cutText(): string {
    const { unbroken, end } = this.#retention;
    const head = this.#retention.read(0, Math.min(unbroken, this.#end));
    const rest = this.#retention.read(unbroken, this.#end);
    return (
      decodeCut(head, this.#encoding, { from: 0, end: true }) +
      decodeCut(rest, this.#encoding, { from: unbroken, end: end < this.#end })
    );
  }

  *#steps(): Generator<Buffer> {
    for (let position = 0; position < this.#end; position += STEP) {
      const step = this.#retention.read(position, Math.min(position + STEP, this.#end));
      if (step.length > 0) yield step;
    }
  }
}
