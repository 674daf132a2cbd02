import { placeOf, placesFor } from '../protocol/mark-places.js';

const STARTED = 0;

/** Memory that a pool and a thread share: which task runs, and which were asked to end. */
export class SharedMarks {
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;
  readonly #places: number;

  /** @param concurrency - tasks that run at once, or the memory of the other side */
  constructor(concurrency: number | SharedArrayBuffer) {
    this.memory =
      typeof concurrency === 'number'
        ? new SharedArrayBuffer(4 * (1 + placesFor(concurrency)))
        : concurrency;
    this.#cells = new Int32Array(this.memory);
    this.#places = this.#cells.length - 1;
  }

  /** The last task that was begun. */
  get started(): number {
    return Atomics.load(this.#cells, STARTED);
  }

  markStarted(seq: number): void {
    Atomics.store(this.#cells, STARTED, seq);
  }

  abort(seq: number): void {
    Atomics.store(this.#cells, placeOf(seq, this.#places), seq);
  }

  /** It is not to end after all. */
  keep(seq: number): void {
    Atomics.store(this.#cells, placeOf(seq, this.#places), 0);
  }

  isAborted(seq: number): boolean {
    return Atomics.load(this.#cells, placeOf(seq, this.#places)) === seq;
  }
}
