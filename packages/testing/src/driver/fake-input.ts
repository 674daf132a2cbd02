import { Readable, Writable } from 'node:stream';

/** The standard input of a fake process: what is written is remembered, and read by the program. */
export class FakeInput {
  /** The end that is written to. */
  readonly writer: Writable;
  /** The end that the program reads. */
  readonly reader: Readable;
  /** Resolves when everything has been written, nobody will write any more, or the program reads no more. */
  readonly ended: Promise<void>;
  readonly #received: Buffer[] = [];
  #acknowledge: ((error?: Error) => void) | undefined;
  #closed = false;
  #markEnded: () => void = () => undefined;

  constructor() {
    this.ended = new Promise((resolve) => {
      this.#markEnded = resolve;
    });
    this.reader = new Readable({
      read: () => this.#settle(),
      destroy: (error, callback) => {
        this.close();
        callback(error);
      },
    });
    this.writer = new Writable({
      decodeStrings: true,
      write: (chunk: Buffer, _encoding, callback) => this.#accept(chunk, callback),
      final: (callback) => {
        this.#end();
        callback();
      },
      destroy: (error, callback) => {
        this.#end();
        callback(error);
      },
    });
  }

  /** Everything that has been written so far. */
  get received(): Buffer {
    return Buffer.concat(this.#received);
  }

  /** Reads and drops, as a program does that wants to be told everything. */
  drain(): void {
    this.reader.resume();
  }

  /** The program reads no more: who writes gets EPIPE. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#settle(brokenPipe());
    this.reader.destroy();
    this.#markEnded();
  }

  /** The program has ended. */
  finish(): void {
    this.close();
    this.writer.destroy();
  }

  #accept(chunk: Buffer, callback: (error?: Error) => void): void {
    if (this.#closed) {
      callback(brokenPipe());
      return;
    }
    this.#received.push(Buffer.from(chunk));
    this.#acknowledge = callback;
    if (this.reader.push(chunk)) this.#settle();
  }

  #settle(error?: Error): void {
    const acknowledge = this.#acknowledge;
    this.#acknowledge = undefined;
    acknowledge?.(error);
  }

  #end(): void {
    if (!this.#closed && !this.reader.readableEnded) this.reader.push(null);
    this.#markEnded();
  }
}

/** What a writer to a closed pipe is told by the system. */
function brokenPipe(): Error {
  return Object.assign(new Error('write EPIPE'), { code: 'EPIPE', errno: -32, syscall: 'write' });
}
