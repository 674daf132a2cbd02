import { readSync, writeSync } from 'node:fs';
import { placeOf } from '../protocol/mark-places.js';
import { mapFile } from './map-file.js';
import { realClock } from './real-clock.js';

const STARTED = 0;
const CELL = Int32Array.BYTES_PER_ELEMENT;

/**
 * So many tasks take as long to note by writing (a microsecond each) as it takes to load what maps the file: who runs
 * fewer does not pay for it.
 */
export const WORTH_MAPPING = 8192;

/**
 * The process's side of the file that its pool gave it: it notes there which task begins, and reads there which are not
 * to. By `write(2)` at first; once it has had many tasks, by memory that it shares with the pool.
 */
export class ProcessMarks {
  readonly #descriptor: number;
  readonly #places: number;
  readonly #map: typeof mapFile;
  readonly #cell = new Int32Array(1);
  #memory: Int32Array | undefined;
  #isProven = false;
  #noted = 0;

  /** @param places - 0 where the pool could have no file; then nothing is noted */
  constructor(descriptor: number, places: number, map = mapFile) {
    this.#descriptor = descriptor;
    this.#places = places;
    this.#map = map;
  }

  /**
   * Notes that a task begins.
   *
   * @throws the system's error when the file has been closed
   */
  start(seq: number): void {
    if (this.#places === 0) return;
    if (this.#memory !== undefined) {
      Atomics.store(this.#memory, STARTED, seq);
      if (this.#isProven || this.#proves(seq)) return;
    }
    this.#cell[0] = seq;
    writeSync(this.#descriptor, this.#cell, 0, CELL, STARTED);
    this.#noted += 1;
    // Not now: there may be results that wait to be sent.
    if (this.#noted === WORTH_MAPPING) realClock.setImmediate(() => this.#share());
  }

  /** Whether the pool has taken a task back. */
  isWithdrawn(seq: number): boolean {
    if (this.#places === 0) return false;
    const place = placeOf(seq, this.#places);
    if (this.#memory !== undefined) return Atomics.load(this.#memory, place) === seq;
    return this.#read(place) === seq;
  }

  /** Whether who reads the file sees what is in memory: not every file system of a network sees to that. */
  #proves(seq: number): boolean {
    this.#isProven = this.#read(STARTED) === seq;
    if (!this.#isProven) this.#memory = undefined;
    return this.#isProven;
  }

  #read(place: number): number | undefined {
    this.#cell[0] = 0;
    readSync(this.#descriptor, this.#cell, 0, CELL, CELL * place);
    return this.#cell[0];
  }

  #share(): void {
    this.#memory = this.#map(this.#descriptor, 1 + this.#places);
  }
}
