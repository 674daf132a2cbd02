import { PoolClosedError } from '../errors/pool-closed-error.js';
import { QueueFullError } from '../errors/queue-full-error.js';
import { Deque } from './deque.js';
import type { PoolEngine } from './pool-engine.js';
import type { ResolvedPoolOptions } from './resolve-pool-options.js';
import type { Task } from './task.js';

/** Lets tasks into a pool as far as there is room, and lets those wait for it that bring too many. */
export class Admission {
  readonly #engine: PoolEngine;
  readonly #options: ResolvedPoolOptions;
  readonly #outside = new Deque<Task>();
  readonly #drainWaiters: (() => void)[] = [];
  #waiting = 0;
  #closed = false;

  constructor(engine: PoolEngine, options: ResolvedPoolOptions) {
    this.#engine = engine;
    this.#options = options;
  }

  /** Tasks that are not yet let in. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Whether as many tasks wait as may. */
  get isFull(): boolean {
    const { max, concurrency, maxQueue } = this.#options;
    if (maxQueue === Infinity) return false;
    // Those that a worker can take at the end of this turn do not wait.
    const places = Math.max(0, max * concurrency - this.#engine.inFlight);
    return this.#engine.queue.size - places >= maxQueue;
  }

  admit(task: Task): void {
    const { name, whenFull, maxQueue } = this.#options;
    if (this.#closed) this.#engine.end(task, 'failed', new PoolClosedError(name));
    else if (this.#waiting === 0 && !this.isFull) this.#letIn(task);
    else if (whenFull === 'reject') {
      this.#engine.end(task, 'failed', new QueueFullError(name, maxQueue));
    } else {
      task.status = 'waiting';
      task.place = 'outside';
      this.#outside.push(task);
      this.#waiting += 1;
    }
  }

  /** To be told of a task that is no longer to be let in. */
  forget(): void {
    this.#waiting -= 1;
  }

  /** Resolves when there is room. */
  drained(): Promise<void> {
    if (!this.isFull && this.#waiting === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#drainWaiters.push(resolve);
    });
  }

  /** Lets in as many as there is room for. */
  progress(): void {
    while (this.#waiting > 0 && !this.isFull) {
      const task = this.#outside.shift();
      if (task?.place !== 'outside') continue;
      this.#waiting -= 1;
      this.#letIn(task);
    }
    if (this.#drainWaiters.length === 0 || this.#waiting > 0 || this.isFull) return;
    for (const resolve of this.#drainWaiters.splice(0)) resolve();
  }

  /** Lets nobody in any more who comes from now on. */
  close(): void {
    this.#closed = true;
  }

  /** Takes all that are not yet let in. */
  drain(): Task[] {
    return this.#outside.drain().filter((task) => task.place === 'outside');
  }

  #letIn(task: Task): void {
    task.accept();
    this.#engine.enqueue(task);
  }
}
