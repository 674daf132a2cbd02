import { SpillFile } from '@proc/core/internal';

/** Characters that may wait in memory, of all entries together. */
const MEMORY_LIMIT = 8 * 1024 * 1024;
/** Bytes after which the next file is begun, so that the space of what has been delivered is free again. */
const FILE_SIZE = 64 * 1024 * 1024;

/** A file, and how many blocks of it are still to be read. */
interface Volume {
  readonly file: SpillFile;
  blocks: number;
}

/** A block of bytes that was put on the disk. */
export interface ShelvedBlock {
  /** @throws the system's error */
  read(): Buffer;
  /** Frees its space, when the others of its file have been freed too. To be called once. */
  free(): void;
}

/**
 * Where output waits: in memory up to a limit for all entries together, beyond it in temporary files. These have no
 * name, so nothing is left of them, however this process ends.
 */
export class OutputShelf {
  /** Characters that wait in memory. */
  inMemory = 0;
  #current: Volume | undefined;

  /** Whether more is to go to the disk. */
  get isFull(): boolean {
    return this.inMemory > MEMORY_LIMIT;
  }

  /** @throws the system's error; nothing is kept of the block then */
  put(block: Buffer): ShelvedBlock {
    const volume = this.#volume();
    const { file } = volume;
    const from = file.size;
    const to = from + block.length;
    try {
      file.append(block);
    } catch (error) {
      this.#closeIfDone(volume);
      throw error;
    }
    volume.blocks += 1;
    return this.#shelved(volume, from, to);
  }

  /** Apart from {@link put}, so that nothing refers to the block itself any more. */
  #shelved(volume: Volume, from: number, to: number): ShelvedBlock {
    return {
      read: () => volume.file.read(from, to),
      free: () => {
        volume.blocks -= 1;
        this.#closeIfDone(volume);
      },
    };
  }

  #volume(): Volume {
    if (this.#current === undefined || this.#current.file.size >= FILE_SIZE) {
      this.#current = { file: new SpillFile(), blocks: 0 };
    }
    return this.#current;
  }

  #closeIfDone(volume: Volume): void {
    if (volume.blocks > 0) return;
    volume.file.close();
    if (this.#current === volume) this.#current = undefined;
  }
}
