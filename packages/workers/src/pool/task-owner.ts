import type { Crossing } from '../functions/transfer.js';
import type { Task } from './task.js';

/** What a task asks of its pool. */
export interface TaskOwner {
  readonly id: string;
  /** Where its values go. */
  readonly crossing: Crossing;
  cancel(task: Task, reason: unknown): boolean;
}
