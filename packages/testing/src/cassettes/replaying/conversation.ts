import type { Readable } from 'node:stream';

/** What is said to an interactive process is not what was said to it when it was recorded. */
export class OffScript extends Error {}

/** What is written to a replayed process, compared with what was written to the recorded one. */
export class Conversation {
  readonly #stdin: AsyncIterator<Buffer>;
  #pending = Buffer.alloc(0);
  #ended = false;

  constructor(stdin: Readable) {
    this.#stdin = (stdin as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  }

  /**
   * Waits for so many bytes.
   *
   * @param write - what would be written down of them
   * @throws {@link OffScript} when they are others, or do not come
   */
  async expect(length: number, expected: Buffer, write: (bytes: Buffer) => Buffer): Promise<void> {
    while (this.#pending.length < length && !this.#ended) await this.#read();
    const heard = write(this.#pending.subarray(0, length));
    this.#pending = this.#pending.subarray(length);
    if (!heard.equals(expected)) throw new OffScript(difference(expected, heard));
  }

  /** Waits for the end of the input. */
  async expectEnd(): Promise<void> {
    while (!this.#ended) await this.#read();
  }

  async #read(): Promise<void> {
    const next = await this.#stdin.next();
    if (next.done === true) this.#ended = true;
    else this.#pending = Buffer.concat([this.#pending, next.value]);
  }
}

function difference(expected: Buffer, heard: Buffer): string {
  const show = (bytes: Buffer): string => JSON.stringify(bytes.toString().slice(0, 200));
  return `input: recorded ${show(expected)}, written ${show(heard)}`;
}
