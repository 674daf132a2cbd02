import type { TaskHandle } from '../contracts/task-handle.js';

/** Tasks that have ended and are still known. */
const KEPT = 1000;

/** Finds tasks by their ids, also some time after their end. */
export class TaskRegister {
  /** Not yet by their ids: most are never asked for, and an id for each of many costs more than the rest of this. */
  #recent: TaskHandle[] = [];
  readonly #byId = new Map<string, TaskHandle>();
  #sweepAt = 2 * KEPT;

  add(task: TaskHandle): void {
    this.#recent.push(task);
    if (this.#recent.length + this.#byId.size >= this.#sweepAt) this.#sweep();
  }

  find(id: string): TaskHandle | undefined {
    for (const task of this.#recent) this.#byId.set(task.id, task);
    this.#recent = [];
    return this.#byId.get(id);
  }

  /** Forgets those that ended, but for the last ones. Seldom, so that it costs little for each task. */
  #sweep(): void {
    let ended = 0;
    /** To be asked of the last one first. */
    const stays = (task: TaskHandle): boolean => {
      if (!hasEnded(task)) return true;
      ended += 1;
      return ended <= KEPT;
    };
    this.#recent = this.#recent.reverse().filter(stays).reverse();
    for (const [id, task] of [...this.#byId].reverse()) if (!stays(task)) this.#byId.delete(id);
    this.#sweepAt = 2 * Math.max(KEPT, this.#recent.length + this.#byId.size);
  }
}

function hasEnded({ status }: TaskHandle): boolean {
  return status !== 'waiting' && status !== 'queued' && status !== 'sent' && status !== 'running';
}
