import { Ask } from '../protocol/frames.js';
import type { Task } from './task.js';

/** What a worker is asked for about a task. @param ahead - whether it may have others before it */
export function asksOf({ isAlone, options }: Task, ahead: boolean): number {
  if (isAlone) return Ask.announce | Ask.look | Ask.tellLoading;
  return (ahead ? 0 : Ask.announce) | (options.queueTimeoutMs === undefined ? 0 : Ask.look);
}
