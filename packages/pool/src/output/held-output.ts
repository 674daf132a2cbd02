import { deserialize, serialize } from 'node:v8';
import type { OutputType } from '@proc/core';
import { redactCause, type SecretTable } from '@proc/core/internal';
import type { PoolKey } from '../contracts/pool-key.js';
import { LineBuffer } from './line-buffer.js';
import type { OutputShelf, ShelvedBlock } from './output-shelf.js';
import type { SerialCallback } from './serial-callback.js';

/** Characters that go to the disk at once. */
const BLOCK = 64 * 1024;
/** Characters of one stretch that the callback is given at once, unless one line is longer. */
const MOST_AT_ONCE = 1024 * 1024;

type Piece = readonly [type: OutputType, text: string];
type Lines = Readonly<Record<OutputType, LineBuffer>>;

/** Output of one entry that waits for its delivery. */
export class HeldOutput {
  readonly #key: PoolKey;
  readonly #secrets: SecretTable;
  readonly #shelf: OutputShelf;
  #blocks: ShelvedBlock[] = [];
  /** What came after the last block. */
  #pieces: Piece[] = [];
  #size = 0;
  #nextBlock = BLOCK;

  constructor(key: PoolKey, secrets: SecretTable, shelf: OutputShelf) {
    this.#key = key;
    this.#secrets = secrets;
    this.#shelf = shelf;
  }

  add(type: OutputType, chunk: string): void {
    this.#pieces.push([type, chunk]);
    this.#size += chunk.length;
    this.#shelf.inMemory += chunk.length;
    if (this.#size >= this.#nextBlock && this.#shelf.isFull) this.#putAway();
  }

  /** There is no more to come, and it will wait: so it goes to the disk, unless there is memory for it. */
  rest(): void {
    if (this.#size > 0 && this.#shelf.isFull) this.#putAway();
  }

  /**
   * Delivers everything: one call for each stretch of the same stream, several where it is long. Rejects with the
   * callback's error, which says nothing secret even if it quotes what it was given.
   */
  async deliver(callback: SerialCallback): Promise<void> {
    try {
      for (const [type, text] of this.#stretches()) {
        await callback.call(type, text, this.#key);
      }
    } catch (error) {
      throw redactCause(error, this.#secrets);
    } finally {
      this.discard();
    }
  }

  /** Forgets what has not been delivered. */
  discard(): void {
    for (const block of this.#blocks) block.free();
    this.#blocks = [];
    this.#forgetPieces();
  }

  /** Where the disk takes nothing, memory does: nothing is lost. It is tried again when there is twice as much. */
  #putAway(): void {
    try {
      this.#blocks.push(this.#shelf.put(serialize(this.#pieces)));
    } catch {
      this.#nextBlock = 2 * this.#size;
      return;
    }
    this.#nextBlock = BLOCK;
    this.#forgetPieces();
  }

  #forgetPieces(): void {
    this.#shelf.inMemory -= this.#size;
    this.#pieces = [];
    this.#size = 0;
  }

  /**
   * Joined where the stream is the same, and cut at the ends of lines where that grows long. Where a chunk is cut is
   * chance: a line that the other stream came in between of comes as a whole, once its end is there.
   */
  *#stretches(): Generator<Piece> {
    let current: OutputType | undefined;
    const lines: Lines = { out: new LineBuffer(), err: new LineBuffer() };
    let texts: string[] = [];
    let size = 0;
    for (const [type, text] of this.#takeAll()) {
      if (current !== undefined && (type !== current || size > MOST_AT_ONCE)) {
        const whole = lines[current].push(texts.join(''));
        texts = [];
        size = 0;
        if (whole !== '') yield [current, whole];
      }
      current = type;
      texts.push(text);
      size += text.length;
    }
    if (current !== undefined) yield* lastOf(lines, current, texts.join(''));
  }

  /** Block by block: only one of them is in memory. */
  *#takeAll(): Generator<Piece> {
    for (let block = this.#blocks.shift(); block !== undefined; block = this.#blocks.shift()) {
      let pieces: readonly Piece[];
      try {
        pieces = deserialize(block.read()) as readonly Piece[];
      } finally {
        block.free();
      }
      yield* pieces;
    }
    yield* this.#pieces;
  }
}

/** The last stretch, after what the other stream has left of a line without an end. */
function* lastOf(lines: Lines, type: OutputType, text: string): Generator<Piece> {
  const whole = lines[type].push(text);
  const other = type === 'out' ? 'err' : 'out';
  const rest = lines[other].flush();
  if (rest !== '') yield [other, rest];
  const last = whole + lines[type].flush();
  if (last !== '') yield [type, last];
}
