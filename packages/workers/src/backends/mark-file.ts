import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { placeOf, placesFor } from '../protocol/mark-places.js';

/**
 * Where a process notes which task it begins, and its pool which are to end before they do: unlike a message, that can
 * be read whatever becomes of the process, and whatever it is doing. A file without a name, whose few bytes never leave
 * the memory of the system.
 */
export class MarkFile {
  readonly #descriptor: number | undefined;
  /** How many tasks may be asked to end at the same time. */
  readonly places: number;
  #last = 0;
  #closed = false;

  /** @param concurrency - tasks that run at once */
  constructor(concurrency: number) {
    this.places = placesFor(concurrency);
    this.#descriptor = openNameless(1 + this.places);
  }

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

  abort(seq: number): void {
    this.#note(seq, seq);
  }

  /** It is not to end after all. */
  keep(seq: number): void {
    this.#note(seq, 0);
  }

  /** To be called when the worker is gone; what it noted last stays known. */
  close(): void {
    if (this.#closed || this.#descriptor === undefined) return;
    this.#last = this.started;
    this.#closed = true;
    closeSync(this.#descriptor);
  }

  #note(seq: number, value: number): void {
    if (this.#closed || this.#descriptor === undefined) return;
    writeSync(this.#descriptor, new Int32Array([value]), 0, 4, 4 * placeOf(seq, this.places));
  }
}

/** Where files are nothing but memory, as far as there is such a place: that is a little faster. */
const FOLDERS = process.platform === 'linux' ? ['/dev/shm', tmpdir()] : [tmpdir()];

function openNameless(places: number): number | undefined {
  for (const folder of FOLDERS) {
    const path = join(folder, `proc-worker-${randomUUID()}`);
    let descriptor: number | undefined;
    try {
      descriptor = openSync(path, 'wx+', 0o600);
      unlinkSync(path);
      // What is written now has its room later, too, when the folder is full.
      writeSync(descriptor, new Int32Array(places));
      return descriptor;
    } catch {
      // Perhaps in the next one.
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }
  return undefined;
}
