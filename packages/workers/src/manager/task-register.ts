import type { TaskHandle } from '../contracts/task-handle.js';

/** Tasks that have ended and are still known. */
const KEPT = 1000;

/** Finds tasks by their ids, also some time after their end. */
export class TaskRegister {
  readonly #tasks = new Map<string, TaskHandle>();
  #sweepAt = 4 * KEPT;

  add(task: TaskHandle): void {
    this.#tasks.set(task.id, task);
    if (this.#tasks.size >= this.#sweepAt) this.#sweep();
  }

  find(id: string): TaskHandle | undefined {
    return this.#tasks.get(id);
  }

  /** Forgets those that ended, but for the last ones. Seldom, so that it costs little for each task. */
  #sweep(): void {
    const ended = [...this.#tasks].filter(([, { status }]) => hasEnded(status));
    for (const [id] of ended.slice(0, Math.max(0, ended.length - KEPT))) this.#tasks.delete(id);
    this.#sweepAt = Math.max(4 * KEPT, 2 * this.#tasks.size);
  }
}

function hasEnded(status: TaskHandle['status']): boolean {
  return status !== 'waiting' && status !== 'queued' && status !== 'sent' && status !== 'running';
}
