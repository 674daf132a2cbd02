import { ChunkList } from './chunk-list.js';
import type { Retention } from './retention.js';
import { SpillFile } from './spill-file.js';

/** Keeps everything: in memory up to a limit, beyond it in an unlinked temporary file. */
export class SpillRetention implements Retention {
  readonly truncated = false;
  readonly unbroken = 0;
  readonly #limit: number;
  readonly #memory = new ChunkList();
  #file: SpillFile | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get total(): number {
    return this.#file?.size ?? this.#memory.length;
  }

  get end(): number {
    return this.total;
  }

  append(chunk: Buffer): boolean {
    if (this.#file === undefined && this.#memory.length + chunk.length <= this.#limit) {
      return this.#memory.append(chunk);
    }
    this.#file ??= this.#spill();
    this.#file.append(chunk);
    return false;
  }

  read(from: number, to: number): Buffer {
    return (this.#file ?? this.#memory).read(from, to);
  }

  #spill(): SpillFile {
    const file = new SpillFile();
    try {
      file.append(this.#memory.read(0, this.#memory.length));
    } catch (error) {
      file.close();
      throw error;
    }
    this.#memory.clear();
    return file;
  }
}
