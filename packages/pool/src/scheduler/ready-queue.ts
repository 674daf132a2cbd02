import type { Job } from './job.js';

/** Jobs that could start: the one of the highest priority first, at equal ones the first of the entries. A heap. */
export class ReadyQueue {
  #jobs: Job[] = [];

  get size(): number {
    return this.#jobs.length;
  }

  peek(): Job | undefined {
    return this.#jobs[0];
  }

  /** In constant time for jobs that come in their order. */
  push(job: Job): void {
    const jobs = this.#jobs;
    let place = jobs.length;
    jobs.push(job);
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = jobs[above];
      if (parent === undefined || !isBefore(job, parent)) break;
      jobs[place] = parent;
      place = above;
    }
    jobs[place] = job;
  }

  shift(): Job | undefined {
    const first = this.#jobs[0];
    const last = this.#jobs.pop();
    if (last !== undefined && this.#jobs.length > 0) this.#sink(last);
    return first;
  }

  /** Takes everything out, in entry order. */
  clear(): Job[] {
    const jobs = this.#jobs;
    this.#jobs = [];
    return jobs.sort((a, b) => a.index - b.index);
  }

  #sink(job: Job): void {
    const jobs = this.#jobs;
    let place = 0;
    for (;;) {
      const left = jobs[2 * place + 1];
      const right = jobs[2 * place + 2];
      if (left === undefined) break;
      const rightWins = right !== undefined && isBefore(right, left);
      const child = rightWins ? right : left;
      if (!isBefore(child, job)) break;
      jobs[place] = child;
      place = 2 * place + (rightWins ? 2 : 1);
    }
    jobs[place] = job;
  }
}

function isBefore(a: Job, b: Job): boolean {
  return a.priority === b.priority ? a.index < b.index : a.priority > b.priority;
}
