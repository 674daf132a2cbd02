import { Readable } from 'node:stream';
import type { Capture } from '../capture/capture.js';
import { chosenTypes, iterateChunks } from '../capture/iterate-output.js';
import { LineIterator } from '../capture/line-iterator.js';
import { OutputCursor } from '../capture/output-cursor.js';
import { OutputFeed } from '../capture/output-feed.js';
import { ListenedStream } from '../capture/listened-stream.js';
import { StreamConsumer } from '../capture/stream-consumer.js';
import type { OutputType } from '../contracts/output-callback.js';
import type { IterationOptions, OutputChunk } from '../contracts/running-process.js';

/** The ways to look at the output of a process while it runs. */
export class OutputView {
  readonly #capture: Capture;
  readonly #encoding: BufferEncoding;
  readonly #cursors: Readonly<Record<OutputType, OutputCursor>>;
  readonly #streams: Partial<Record<OutputType, Readable>> = {};

  constructor(capture: Capture, encoding: BufferEncoding) {
    this.#capture = capture;
    this.#encoding = encoding;
    this.#cursors = {
      out: new OutputCursor(capture.retention('out'), encoding),
      err: new OutputCursor(capture.retention('err'), encoding),
    };
  }

  text(type: OutputType): string {
    return this.#capture.retained(type).text();
  }

  latest(type: OutputType): string {
    return this.#cursors[type].latest();
  }

  lines(
    options: IterationOptions | undefined,
    atEnd: () => Promise<unknown>,
  ): AsyncIterableIterator<string> {
    return new LineIterator(this.#capture, this.#encoding, chosenTypes(options, ['out']), atEnd);
  }

  chunks(options: IterationOptions | undefined): AsyncGenerator<OutputChunk, void, undefined> {
    return iterateChunks(this.#capture, this.#encoding, chosenTypes(options, ['out', 'err']));
  }

  /** The stream from the first call on; `null` when it is not captured. */
  stream(type: OutputType): Readable | null {
    if (!this.#capture.captures(type)) return null;
    const known = this.#streams[type];
    if (known !== undefined) return known;
    const stream = new ListenedStream();
    this.#capture.add(new StreamConsumer(type, stream, { endTarget: true }, () => undefined));
    this.#streams[type] = stream;
    return stream;
  }

  /** All bytes of stdout, from the first one that is kept. */
  replay(): Readable {
    return Readable.from(bytesOf(new OutputFeed(this.#capture, ['out'])), { objectMode: false });
  }
}

async function* bytesOf(feed: OutputFeed): AsyncGenerator<Buffer> {
  for await (const { bytes } of feed) yield bytes;
}
