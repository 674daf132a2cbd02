import { StringDecoder } from 'node:string_decoder';
import { LineSplitter } from '@proc/core/internal';

/** Turns UTF-8 that comes in pieces into lines without their ends. */
export class LineReader {
  readonly #decoder = new StringDecoder('utf8');
  readonly #splitter = new LineSplitter();

  /** The lines that a piece completes. */
  push(bytes: Buffer): string[] {
    return this.#splitter.push(this.#decoder.write(bytes));
  }

  /** What follows the last line end: a line, or nothing. */
  end(): string[] {
    const lines = this.#splitter.push(this.#decoder.end());
    const rest = this.#splitter.flush();
    return rest === undefined ? lines : [...lines, rest];
  }
}

/** The lines of a stream of bytes; leaving the loop early closes the stream. */
export async function* linesOf(
  source: AsyncIterable<Buffer>,
): AsyncGenerator<string, void, undefined> {
  const reader = new LineReader();
  for await (const bytes of source) yield* reader.push(bytes);
  yield* reader.end();
}
