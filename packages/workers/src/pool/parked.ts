import { Deque } from './deque.js';
import type { Task } from './task.js';

/** Tasks that wait for one worker: what is for it alone, and what has its key. */
export class Parked extends Deque<Task> {
  /** Takes those that may run in another worker, in their order. */
  takeMovable(): readonly Task[] {
    const waiting = this.drain().filter(({ place }) => place === 'worker');
    for (const task of waiting) if (task.target !== undefined) this.push(task);
    return waiting.filter(({ target }) => target === undefined);
  }
}
