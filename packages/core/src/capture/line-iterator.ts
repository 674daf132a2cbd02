import type { OutputType } from '../contracts/output-callback.js';
import { failureMessage } from '../diagnostics/failure-message.js';
import { OutputFormatError } from '../errors/output-format-error.js';
import type { Capture } from './capture.js';
import { LineSplitter } from './line-splitter.js';
import { OutputDecoder } from './output-decoder.js';
import { OutputFeed } from './output-feed.js';

/**
 * Iterates over the lines of one or both streams; lines of different streams are never mixed into one. By hand rather
 * than as a generator: a line that has been split already costs one resolved promise.
 */
export class LineIterator implements AsyncIterableIterator<string> {
  readonly #capture: Capture;
  readonly #types: readonly OutputType[];
  readonly #decoder: OutputDecoder;
  readonly #splitters = { out: new LineSplitter(), err: new LineSplitter() };
  readonly #atEnd: () => Promise<unknown>;
  /** Opened by the first `next`: a feed that nobody reads would hold the process back. */
  #feed: OutputFeed | undefined;
  #lines: readonly string[] = [];
  #next = 0;
  #refilling: Promise<boolean> | undefined;

  /** @param atEnd - awaited after the last line; its rejection is the iteration's */
  constructor(
    capture: Capture,
    encoding: BufferEncoding,
    types: readonly OutputType[],
    atEnd: () => Promise<unknown>,
  ) {
    this.#capture = capture;
    this.#types = types;
    this.#decoder = new OutputDecoder(encoding);
    this.#atEnd = atEnd;
  }

  next(): Promise<IteratorResult<string, undefined>> {
    const value = this.#lines[this.#next];
    if (value === undefined) return this.#nextAfterRefill();
    this.#next++;
    return Promise.resolve({ done: false, value });
  }

  async return(): Promise<IteratorResult<string, undefined>> {
    this.#lines = [];
    await this.#openFeed().return();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #nextAfterRefill(): Promise<IteratorResult<string, undefined>> {
    this.#refilling ??= this.#refill().finally(() => {
      this.#refilling = undefined;
    });
    if (await this.#refilling) return this.next();
    await this.#atEnd();
    return { done: true, value: undefined };
  }

  /** Takes chunks until they make a line; false at the end. */
  async #refill(): Promise<boolean> {
    this.#next = 0;
    this.#lines = [];
    const feed = this.#openFeed();
    while (this.#lines.length === 0) {
      const { done, value } = await feed.next();
      if (done === true) return this.#flush();
      this.#lines = await this.#split(value.type, this.#decoder.decode(value.type, value.bytes));
    }
    return true;
  }

  async #split(type: OutputType, text: string): Promise<readonly string[]> {
    try {
      return this.#splitters[type].push(text);
    } catch (cause) {
      // Nobody reads on: the process must not be held back.
      await this.return();
      const { spec } = this.#capture;
      const what = `can not be read line by line: ${(cause as Error).message}. Use chunks() or stdout.`;
      throw new OutputFormatError(failureMessage({ what, spec }), spec, { cause });
    }
  }

  #openFeed(): OutputFeed {
    this.#feed ??= new OutputFeed(this.#capture, this.#types);
    return this.#feed;
  }

  #flush(): boolean {
    this.#lines = this.#types.flatMap((type) => {
      const splitter = this.#splitters[type];
      const lines = splitter.push(this.#decoder.flush(type));
      const rest = splitter.flush();
      return rest === undefined ? lines : [...lines, rest];
    });
    return this.#lines.length > 0;
  }
}
