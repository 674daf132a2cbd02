import { Form, HEAD } from './encode-frame.js';
import { FrameDeserializer } from './frame-serializer.js';
import { fromText, type Item } from './plain-items.js';

/** Finds frames in bytes that come in pieces, cut anywhere. */
export class FrameReader {
  #pieces: Buffer[] = [];
  #held = 0;
  /** Bytes without which the next frame can not be whole. */
  #needed = HEAD;

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
    this.#needed = HEAD;
    while (bytes.length - start >= HEAD) {
      requireForm(bytes[start + HEAD - 1]);
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

/** Told by the head alone: the rest of what is no frame may be long, or never come. */
function requireForm(form: number | undefined): void {
  if (form === Form.text || form === Form.copy) return;
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
