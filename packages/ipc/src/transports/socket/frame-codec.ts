import { DefaultDeserializer, serialize } from 'node:v8';
import { FrameTooLargeError } from '../../errors/frame-too-large-error.js';
import { withOwnMemory } from './with-own-memory.js';

/** Octets of the length before each frame. */
const HEADER = 4;
/** So many pieces are joined to one: each takes hundreds of octets, however few it carries. */
const MOST_PIECES = 1024;

/** The octets of a frame on a socket: its length, and what `node:v8` writes. @throws {@link FrameTooLargeError} */
export function encodeFrame(frame: unknown, maxFrame: number): Buffer {
  return withLength(serialize(frame), maxFrame);
}

/** @throws {@link FrameTooLargeError} */
export function withLength(body: Buffer, maxFrame: number): Buffer {
  if (body.length > maxFrame) {
    throw new FrameTooLargeError(
      `A message of ${body.length} bytes is more than the ${maxFrame} that the connection takes.`,
    );
  }
  const header = Buffer.allocUnsafe(HEADER);
  header.writeUInt32BE(body.length);
  return Buffer.concat([header, body]);
}

/** What {@link encodeFrame} was given; buffers and views in it have memory of their own. */
export function decodeFrame(body: Buffer): unknown {
  const deserializer = new OwnMemoryDeserializer(body);
  deserializer.readHeader();
  return deserializer.readValue();
}

const readView = Reflect.get(DefaultDeserializer.prototype, '_readHostObject') as () => unknown;

class OwnMemoryDeserializer extends DefaultDeserializer {
  /** Called by the engine. */
  _readHostObject(): NodeJS.ArrayBufferView {
    return withOwnMemory(Reflect.apply(readView, this, []) as NodeJS.ArrayBufferView);
  }
}

/** Cuts what comes over a socket into frames. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #length = 0;
  /** Those at the end that were not joined yet. */
  #loose = 0;

  constructor(private readonly maxFrame: () => number) {}

  /**
   * Takes octets, and gives the frames that are complete now.
   *
   * @throws {@link FrameTooLargeError} before anything of a frame that is too large is kept
   */
  *read(chunk: Buffer): Iterable<Buffer> {
    this.#add(chunk);
    for (;;) {
      const size = this.#sizeOfNext();
      if (size === undefined || this.#length < HEADER + size) return;
      const all = this.#join();
      this.#keep(all.subarray(HEADER + size));
      yield all.subarray(HEADER, HEADER + size);
    }
  }

  #add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    this.#loose += 1;
    if (this.#loose < MOST_PIECES) return;
    this.#chunks.push(Buffer.concat(this.#chunks.splice(-MOST_PIECES)));
    this.#loose = 0;
  }

  #sizeOfNext(): number | undefined {
    if (this.#length < HEADER) return undefined;
    const [first] = this.#chunks;
    const start = first !== undefined && first.length >= HEADER ? first : this.#join();
    const size = start.readUInt32BE();
    const most = this.maxFrame();
    if (size <= most) return size;
    throw new FrameTooLargeError(`A message of ${size} bytes came; at most ${most} are taken.`);
  }

  #join(): Buffer {
    const [first] = this.#chunks;
    const all =
      this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks);
    this.#chunks = [all];
    this.#loose = 0;
    return all;
  }

  #keep(rest: Buffer): void {
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#length = rest.length;
  }
}
