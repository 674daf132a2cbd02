import type { Duration, Launched } from '@proc/core';
import type { RunningEntry } from '../contracts/running-entry.js';
import type { Job } from '../scheduler/job.js';
import { LaunchedEntry } from './launched-entry.js';

/** What runs at the moment, as one. */
export class RunningJobs {
  readonly #jobs: ReadonlyMap<Job, Launched>;
  readonly #onError: (error: unknown) => void;
  #stop: (launched: Launched) => void = () => undefined;

  /**
   * @param jobs - changes as jobs begin and end
   * @param onError - a job broke its contract: `stop` was rejected
   */
  constructor(jobs: ReadonlyMap<Job, Launched>, onError: (error: unknown) => void) {
    this.#jobs = jobs;
    this.#onError = onError;
  }

  list(): RunningEntry[] {
    return [...this.#jobs].map(([job, launched]) => new LaunchedEntry(job, launched));
  }

  /** @returns how many received it */
  signal(signal: NodeJS.Signals | number): number {
    const received = [...this.#jobs.values()].map((launched) => launched.signal(signal));
    return received.filter(Boolean).length;
  }

  /** Stops all at the same time, and does not wait. */
  stop(grace?: Duration, signal?: NodeJS.Signals): void {
    this.#stop = (launched) => {
      launched.stop(grace, signal).catch(this.#onError);
    };
    for (const launched of this.#jobs.values()) this.#stop(launched);
  }

  /** Stops what was just being launched when all were stopped. */
  admit(launched: Launched): Launched {
    this.#stop(launched);
    return launched;
  }
}
