import { LineReader } from '../streams/line-reader.js';
import { Spool } from '../streams/spool.js';

/** Bytes that a reader may lag behind before the pipeline is held back. */
const MOST_LAG = 1024 * 1024;
const STEP = 64 * 1024;

interface Reader {
  position: number;
}

/**
 * The final output of a running pipeline for those who iterate over its lines: each sees it from the first byte, and
 * the slowest holds the pipeline back.
 */
export class LineLog {
  readonly #spool = new Spool();
  readonly #readers = new Set<Reader>();
  readonly #keepsAll: boolean;
  /** Position of the first byte that is here. */
  #start = 0;
  #waiting: (() => void)[] = [];
  #ended = false;

  /** @param options - `keepsAll`: else a reader sees only what comes after it */
  constructor(options: { readonly keepsAll: boolean }) {
    this.#keepsAll = options.keepsAll;
  }

  /** Resolves when every reader has caught up so far that more may come. */
  async append(text: string): Promise<void> {
    this.#spool.append(Buffer.from(text));
    this.#forget();
    this.#wake();
    while (this.#lag() > MOST_LAG) await this.#change();
  }

  /** No more output will come. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  async *lines(): AsyncGenerator<string, void, undefined> {
    const lines = new LineReader();
    const reader: Reader = { position: this.#start };
    this.#readers.add(reader);
    try {
      for (;;) {
        const from = reader.position - this.#start;
        const bytes = Buffer.from(this.#spool.read(from, from + STEP));
        if (bytes.length > 0) {
          reader.position += bytes.length;
          this.#forget();
          this.#wake();
          yield* lines.push(bytes);
        } else if (this.#ended) {
          break;
        } else {
          await this.#change();
        }
      }
      yield* lines.end();
    } finally {
      this.#readers.delete(reader);
      this.#forget();
      this.#wake();
    }
  }

  get #end(): number {
    return this.#start + this.#spool.size;
  }

  #lag(): number {
    return Math.max(0, ...[...this.#readers].map(({ position }) => this.#end - position));
  }

  /** What all readers have seen is of no more use, unless a later one is to see everything. */
  #forget(): void {
    if (this.#keepsAll || this.#lag() > 0) return;
    this.#start = this.#end;
    this.#spool.clear();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
