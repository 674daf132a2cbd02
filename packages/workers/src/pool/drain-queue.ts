import type { Task } from './task.js';
import type { TaskQueue } from './task-queue.js';

/** Takes all tasks that wait for any worker. */
export function drainQueue(queue: TaskQueue<Task>): readonly Task[] {
  const tasks = queue.drain();
  // The queue has counted them out; whoever hears of the end of the first may end the others.
  for (const task of tasks) task.place = 'none';
  return tasks;
}
