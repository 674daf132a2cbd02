import { Deque } from './deque.js';

/** What a queue has to know of a task. */
export interface Queueable {
  readonly priority: number;
  /** When it was submitted. */
  readonly queuedAt: number;
  /** Whether it is still to run: one that was cancelled stays where it is and is passed over. */
  readonly isQueued: boolean;
}

/**
 * Tasks that wait. First those that come back, then by priority and age: each step of priority counts as much as a time
 * of waiting. So a task of low priority is overtaken only by what was submitted within that time after it, and never
 * waits for ever. First come, first served among equals.
 */
export class TaskQueue<T extends Queueable> {
  readonly #ageingMs: number;
  readonly #returned = new Deque<T>();
  /** Of priority 0, as most are. */
  readonly #usual = new Deque<T>();
  /** Of other priorities. */
  readonly #levels = new Map<number, Deque<T>>();
  #size = 0;

  constructor(ageingMs: number) {
    this.#ageingMs = ageingMs;
  }

  /** Tasks that are still to run. */
  get size(): number {
    return this.#size;
  }

  push(task: T): void {
    this.#level(task.priority).push(task);
    this.#size += 1;
  }

  /** Takes tasks back that were on their way; in their order, before all others. */
  giveBack(tasks: readonly T[]): void {
    this.#returned.unshift(...tasks);
    this.#size += tasks.length;
  }

  /** To be told of a task that is no longer to run. */
  forget(): void {
    this.#size -= 1;
  }

  /** The next one, which stays. */
  peek(): T | undefined {
    return this.#next()?.peek();
  }

  take(): T | undefined {
    const task = this.#next()?.shift();
    if (task !== undefined) this.#size -= 1;
    return task;
  }

  /** Takes all of them. */
  drain(): T[] {
    const tasks: T[] = [];
    for (let task = this.take(); task !== undefined; task = this.take()) tasks.push(task);
    return tasks;
  }

  #next(): Deque<T> | undefined {
    if (headOf(this.#returned) !== undefined) return this.#returned;
    const usual = headOf(this.#usual);
    if (this.#levels.size > 0) return this.#mostUrgent(usual?.queuedAt ?? Infinity);
    return usual === undefined ? undefined : this.#usual;
  }

  /** @param usualDue - when it is the turn of those of priority 0 */
  #mostUrgent(usualDue: number): Deque<T> | undefined {
    let best = usualDue === Infinity ? undefined : this.#usual;
    let bestDue = usualDue;
    for (const [priority, level] of this.#levels) {
      const head = headOf(level);
      if (head === undefined) {
        // Any number may be a priority.
        this.#levels.delete(priority);
        continue;
      }
      const due = head.queuedAt - priority * this.#ageingMs;
      if (due < bestDue || (due === bestDue && priority > 0)) {
        best = level;
        bestDue = due;
      }
    }
    return best;
  }

  #level(priority: number): Deque<T> {
    if (priority === 0) return this.#usual;
    let level = this.#levels.get(priority);
    if (level === undefined) {
      level = new Deque();
      this.#levels.set(priority, level);
    }
    return level;
  }
}

function headOf<T extends Queueable>(level: Deque<T>): T | undefined {
  let head = level.peek();
  while (head !== undefined && !head.isQueued) {
    level.shift();
    head = level.peek();
  }
  return head;
}
