import { Form, HEAD } from './encode-frame.js';
import { FrameDeserializer } from './frame-serializer.js';
import { fromText, type Item } from './plain-items.js';

/** A head, and the first byte of what follows it; nothing is shorter. */
const BEGIN = HEAD + 1;
/** What the items begin with as text, and what every copy by the engine begins with. */
const LIST = '['.charCodeAt(0);
const COPY = 0xff;

/** Finds frames in bytes that come in pieces, cut anywhere. */
export class FrameReader {
  #pieces: Buffer[] = [];
  #held = 0;
  /** Bytes without which the next frame can not be whole, nor be told from what is none. */
  #needed = BEGIN;

  /**
   * @returns the items of what has become whole
   * @throws when these are no frames
   */
  read(piece: Buffer): readonly Item[] {
    this.#held += piece.length;
    this.#pieces.push(piece);
    if (this.#held < this.#needed) return [];
    const [first] = this.#pieces;
    const bytes =
      this.#pieces.length === 1 && first !== undefined ? first : Buffer.concat(this.#pieces);
    return this.#take(bytes);
  }

  #take(bytes: Buffer): readonly Item[] {
    const frames: (readonly Item[])[] = [];
    let start = 0;
    this.#needed = BEGIN;
    while (bytes.length - start >= BEGIN) {
      requireBegin(bytes, start);
      const end = start + HEAD + bytes.readUInt32LE(start);
      if (end > bytes.length) {
        this.#needed = end - start;
        break;
      }
      frames.push(decode(bytes, start, end));
      start = end;
    }
    this.#held = bytes.length - start;
    this.#pieces = this.#held === 0 ? [] : [bytes.subarray(start)];
    const [first] = frames;
    return frames.length === 1 && first !== undefined ? first : frames.flat();
  }
}

/** Told by the first bytes alone: the rest of what is no frame may be long, or never come. */
function requireBegin(bytes: Buffer, start: number): void {
  const form = bytes[start + HEAD - 1];
  const first = bytes[start + HEAD];
  if (form === Form.text && first === LIST) return;
  if (form === Form.copy && first === COPY) return;
  throw new Error('Something else than frames came through the channel.');
}

function decode(bytes: Buffer, start: number, end: number): readonly Item[] {
  if (bytes[start + HEAD - 1] === Form.text) {
    return fromText(bytes.toString('utf8', start + HEAD, end));
  }
  const deserializer = new FrameDeserializer(bytes.subarray(start + HEAD, end));
  deserializer.readHeader();
  return deserializer.readValue() as readonly Item[];
}
