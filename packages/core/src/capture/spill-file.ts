import { SharedFile } from './shared-file.js';

/** Files whose owner has been collected are let go here. */
const abandoned = new FinalizationRegistry<SharedFile>((file) => {
  file.release();
});

/** A stretch of the bytes that were appended, and where it is in the file. */
interface Extent {
  readonly from: number;
  to: number;
  readonly position: number;
}

/**
 * Bytes on disk, appended to and read in any range. The space is freed by {@link close}, or once nothing refers to
 * this object any more.
 */
export class SpillFile {
  readonly #extents: Extent[] = [];
  #file: SharedFile | undefined = SharedFile.acquire();
  #size = 0;

  constructor() {
    if (this.#file !== undefined) abandoned.register(this, this.#file, this);
  }

  get size(): number {
    return this.#size;
  }

  append(chunk: Buffer): void {
    const file = this.#open();
    if (chunk.length === 0) return;
    const position = file.append(chunk);
    const from = this.#size;
    this.#size += chunk.length;
    const last = this.#extents.at(-1);
    const follows = last !== undefined && last.position + (last.to - last.from) === position;
    if (follows) last.to = this.#size;
    else this.#extents.push({ from, to: this.#size, position });
  }

  read(from: number, to: number): Buffer {
    const file = this.#open();
    const end = Math.min(to, this.#size);
    const buffer = Buffer.allocUnsafe(Math.max(0, end - from));
    let done = 0;
    for (let index = this.#indexOf(from); from + done < end; index++) {
      const extent = this.#extents[index];
      if (extent === undefined) break;
      const skipped = from + done - extent.from;
      const length = Math.min(extent.to, end) - (from + done);
      const count = file.read(buffer, done, length, extent.position + skipped);
      done += count;
      if (count < length) break;
    }
    return buffer.subarray(0, done);
  }

  close(): void {
    if (this.#file === undefined) return;
    abandoned.unregister(this);
    this.#file.release();
    this.#file = undefined;
  }

  /** The extent that a position is in, by halving. */
  #indexOf(position: number): number {
    let low = 0;
    for (let high = this.#extents.length; low < high;) {
      const middle = (low + high) >>> 1;
      if ((this.#extents[middle]?.to ?? Infinity) <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #open(): SharedFile {
    if (this.#file === undefined) throw new Error('The spill file has been closed.');
    return this.#file;
  }
}
