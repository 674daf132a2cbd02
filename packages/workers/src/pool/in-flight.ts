import { SeqTable } from '../protocol/seq-table.js';
import type { Task } from './task.js';

/** Tasks that a worker was sent, by their numbers; `undefined` for those that nobody waits for any more. */
export class InFlight extends SeqTable<Task | undefined> {
  #abandoned = 0;

  /** How many of them somebody waits for. */
  get awaited(): number {
    return this.size - this.#abandoned;
  }

  /** Nobody waits any more for one that is there. */
  abandon(seq: number): void {
    this.set(seq, undefined);
    this.#abandoned += 1;
  }

  override delete(seq: number): boolean {
    if (this.get(seq) === undefined && this.has(seq)) this.#abandoned -= 1;
    return super.delete(seq);
  }

  override clear(): void {
    this.#abandoned = 0;
    super.clear();
  }
}
