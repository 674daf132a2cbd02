/** What V8 says before it ends a process. A native stack of any length follows. */
const COMPLAINT = 'JavaScript heap out of memory';

/** Listens to what a process prints for the complaint that its heap is full. */
export class HeapWatch {
  #heard = false;
  /** Pieces may end in the middle of it. */
  #rest = '';

  /** Whether it has been heard. */
  get heard(): boolean {
    return this.#heard;
  }

  add(piece: string): void {
    if (this.#heard) return;
    const text = this.#rest + piece;
    this.#heard = text.includes(COMPLAINT);
    this.#rest = text.slice(1 - COMPLAINT.length);
  }
}
