import { Transform } from 'node:stream';
import type { Joint } from './joint.js';

const BUFFERED = 64 * 1024;

/** Two stages joined by copying bytes through this process, as fast as the second one reads. */
export class StreamJoint implements Joint {
  readonly #stream: Transform;
  #bytes = 0;
  #closedEarly = false;

  constructor() {
    this.#stream = new Transform({
      // Every write waits for room: once the writer may end, nothing of it is left on this side.
      writableHighWaterMark: 1,
      readableHighWaterMark: BUFFERED,
      transform: (chunk: Buffer, _encoding, done) => {
        this.#bytes += chunk.length;
        done(null, chunk);
      },
    });
    this.#stream.on('error', () => undefined);
    this.#stream.once('close', () => {
      this.#closedEarly = !this.#stream.writableEnded;
    });
  }

  get output(): Transform {
    return this.#stream;
  }

  get stdin(): Transform {
    return this.#stream;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get closedEarly(): boolean {
    return this.#closedEarly;
  }

  writerStarted(): void {
    // It writes to the stream itself.
  }

  readerStarted(): void {
    // It reads from the stream itself.
  }

  writerEnded(): void {
    if (!this.#stream.writableEnded) this.#stream.end();
  }

  readerEnded(): void {
    this.#stream.destroy();
  }
}
