import { StringDecoder } from 'node:string_decoder';
import type { Retention } from './retention.js';

/** Gives each piece of what a stream printed once. */
export class OutputCursor {
  readonly #retention: Retention;
  readonly #decoder: StringDecoder;
  #position = 0;

  constructor(retention: Retention, encoding: BufferEncoding) {
    this.#retention = retention;
    this.#decoder = new StringDecoder(encoding);
  }

  /** The text since the last call; an incomplete last character waits for its rest. */
  latest(): string {
    const { total } = this.#retention;
    const text = this.#decoder.write(this.#retention.read(this.#position, total));
    this.#position = total;
    return text;
  }
}
