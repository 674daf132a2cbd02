/** Bytes in memory with positions that survive dropping from the front. */
export class ChunkList {
  #chunks: Buffer[] = [];
  #start = 0;
  #length = 0;

  /** Position of the first byte that is still here. */
  get start(): number {
    return this.#start;
  }

  /** Number of bytes here. */
  get length(): number {
    return this.#length;
  }

  /** Position after the last byte. */
  get end(): number {
    return this.#start + this.#length;
  }

  /** @returns whether it holds the chunk's own memory from now on */
  append(chunk: Buffer): boolean {
    if (chunk.length === 0) return false;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    return true;
  }

  /** Drops bytes from the front until at most `limit` are left. */
  keepLast(limit: number): void {
    let dropped = 0;
    let excess = this.#length - limit;
    for (let first = this.#chunks[dropped]; first !== undefined && excess > 0;) {
      if (first.length <= excess) {
        excess -= first.length;
        this.#advance(first.length);
        dropped++;
        first = this.#chunks[dropped];
      } else {
        this.#chunks[dropped] = first.subarray(excess);
        this.#advance(excess);
        excess = 0;
      }
    }
    // One splice for all: dropping them singly would move the rest each time.
    if (dropped > 0) this.#chunks.splice(0, dropped);
  }

  /** The bytes from one position up to another, as far as they are here. */
  read(from: number, to: number): Buffer {
    const pieces: Buffer[] = [];
    let position = this.#start;
    for (const chunk of this.#chunks) {
      const next = position + chunk.length;
      if (next > from && position < to) {
        pieces.push(
          chunk.subarray(Math.max(0, from - position), Math.min(chunk.length, to - position)),
        );
      }
      if (next >= to) break;
      position = next;
    }
    return pieces.length === 1 ? (pieces[0] ?? Buffer.alloc(0)) : Buffer.concat(pieces);
  }

  clear(): void {
    this.#start = this.end;
    this.#length = 0;
    this.#chunks = [];
  }

  #advance(count: number): void {
    this.#start += count;
    this.#length -= count;
  }
}
