import { AssertionError } from 'node:assert';
import type { Readable } from 'node:stream';
import { within } from './wait-for.js';

/** Everything that a stream brings until its end. */
export async function readAll(stream: Readable | null): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const reading = async (): Promise<void> => {
    for await (const chunk of stream ?? []) chunks.push(chunk as Buffer);
  };
  await within(20_000, 'The end of the output', reading());
  return Buffer.concat(chunks);
}

/** Reads output chunk by chunk. */
export class OutputReader {
  readonly #chunks: AsyncIterator<Buffer>;

  constructor(stream: Readable | null) {
    if (stream === null) throw new AssertionError({ message: 'a piped stream is missing' });
    this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** The next chunk as text. */
  async next(): Promise<string> {
    const result = await within(20_000, 'The next output', this.#chunks.next());
    if (result.done === true) throw new AssertionError({ message: 'the output has ended' });
    return String(result.value);
  }
}
