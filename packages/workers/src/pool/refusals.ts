import { realTime } from '@proc/core/internal';
import type { Crew } from './crew.js';
import type { Settlement } from './settlement.js';
import type { Task } from './task.js';

/** Ends tasks for which no worker will be there. */
export class Refusals {
  readonly #crew: Crew;
  readonly #settlement: Settlement;
  readonly #poolName: string;
  #endStray: ((task: Task) => void) | undefined;

  constructor(crew: Crew, settlement: Settlement, poolName: string) {
    this.#crew = crew;
    this.#settlement = settlement;
    this.#poolName = poolName;
  }

  /** To be told when no worker is left, nor started any more, and how tasks end that come back all the same. */
  refuseAll(end: (task: Task) => void): void {
    this.#endStray = end;
  }

  /** Ends a task that would wait for nothing. @returns whether it did */
  refuses(task: Task): boolean {
    if (this.#endStray !== undefined) {
      this.#endStray(task);
      return true;
    }
    const { circuit } = this.#crew;
    if (!circuit.isOpen(realTime.now())) return false;
    this.#settlement.reject(task, 'failed', circuit.errorOf(this.#poolName));
    return true;
  }
}
