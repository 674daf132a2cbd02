import { StringDecoder } from 'node:string_decoder';
import type { OutputType } from '../contracts/output-callback.js';

/** Decodes the chunks of both streams; a character split between two chunks comes out whole. */
export class OutputDecoder {
  readonly #decoders: Readonly<Record<OutputType, StringDecoder>>;

  constructor(encoding: BufferEncoding) {
    this.#decoders = { out: new StringDecoder(encoding), err: new StringDecoder(encoding) };
  }

  /** The text that a chunk completes; may be empty. */
  decode(type: OutputType, bytes: Buffer): string {
    return this.#decoders[type].write(bytes);
  }

  /** What an incomplete last character leaves. */
  flush(type: OutputType): string {
    return this.#decoders[type].end();
  }
}
