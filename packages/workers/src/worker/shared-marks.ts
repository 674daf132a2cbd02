const STARTED = 0;
/** As many tasks of a worker can be asked to end at the same time. */
const SLOTS = 64;

/** Memory that a pool and a thread share: which task runs, and which were asked to end. */
export class SharedMarks {
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;

  constructor(memory = new SharedArrayBuffer(4 * (SLOTS + 1))) {
    this.memory = memory;
    this.#cells = new Int32Array(memory);
  }

  /** The last task that was begun. */
  get started(): number {
    return Atomics.load(this.#cells, STARTED);
  }

  markStarted(seq: number): void {
    Atomics.store(this.#cells, STARTED, seq);
  }

  abort(seq: number): void {
    Atomics.store(this.#cells, slotOf(seq), seq);
  }

  isAborted(seq: number): boolean {
    return Atomics.load(this.#cells, slotOf(seq)) === seq;
  }
}

function slotOf(seq: number): number {
  return 1 + (seq % SLOTS);
}
