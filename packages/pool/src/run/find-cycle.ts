import type { PoolKey } from '../contracts/pool-key.js';
import type { Job } from '../scheduler/job.js';

/** Keys of jobs of which each comes after the next, the first one again at the end. */
export function findCycle(jobs: readonly Job[]): PoolKey[] | undefined {
  const byKey = new Map(jobs.map((job) => [job.key, job]));
  const done = new Set<Job>();
  for (const start of jobs) {
    // Without recursion: a chain may be long.
    const path: { readonly job: Job; next: number }[] = [{ job: start, next: 0 }];
    const onPath = new Set([start]);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const dependency = step.job.after[step.next++];
      const job = dependency === undefined ? undefined : byKey.get(dependency.key);
      if (dependency === undefined || done.has(step.job)) {
        done.add(step.job);
        onPath.delete(step.job);
        path.pop();
      } else if (job !== undefined && onPath.has(job)) {
        const keys = path.map((one) => one.job.key);
        return [...keys.slice(keys.indexOf(job.key)), job.key];
      } else if (job !== undefined && !done.has(job)) {
        path.push({ job, next: 0 });
        onPath.add(job);
      }
    }
  }
  return undefined;
}
