import { closeSync, openSync, readSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';

/**
 * Where a process notes which task it begins: unlike a message, that can be read whatever becomes of the process. A
 * file without a name, whose few bytes never leave the memory of the system.
 */
export class MarkFile {
  readonly #descriptor: number | undefined = openNameless();
  #last = 0;
  #closed = false;

  /** `undefined` where no file could be had. */
  get descriptor(): number | undefined {
    return this.#descriptor;
  }

  /** The last task that was begun; infinite where it can not be known. */
  get started(): number {
    if (this.#descriptor === undefined) return Infinity;
    if (!this.#closed) {
      const cell = new Int32Array(1);
      readSync(this.#descriptor, cell, 0, 4, 0);
      this.#last = cell[0] ?? 0;
    }
    return this.#last;
  }

  /** To be called when the worker is gone; what it noted last stays known. */
  close(): void {
    if (this.#closed || this.#descriptor === undefined) return;
    this.#last = this.started;
    this.#closed = true;
    closeSync(this.#descriptor);
  }
}

/** Where files are nothing but memory, as far as there is such a place: that is a little faster. */
const FOLDERS = process.platform === 'linux' ? ['/dev/shm', tmpdir()] : [tmpdir()];

function openNameless(): number | undefined {
  for (const folder of FOLDERS) {
    const path = join(folder, `proc-worker-${randomUUID()}`);
    try {
      const descriptor = openSync(path, 'wx+', 0o600);
      unlinkSync(path);
      return descriptor;
    } catch {
      // Perhaps in the next one.
    }
  }
  return undefined;
}
