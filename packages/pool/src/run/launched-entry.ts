import type { Duration, Launched, ProcessResult } from '@proc/core';
import type { PoolKey } from '../contracts/pool-key.js';
import type { RunningEntry } from '../contracts/running-entry.js';
import type { Job } from '../scheduler/job.js';

/** A launched entry with its key. */
export class LaunchedEntry implements RunningEntry {
  readonly key: PoolKey;
  readonly #job: Job;
  readonly #launched: Launched;

  constructor(job: Job, launched: Launched) {
    this.key = job.key;
    this.#job = job;
    this.#launched = launched;
  }

  get command(): string {
    return this.#job.entry.toString();
  }

  get outcome(): Promise<ProcessResult> {
    return this.#launched.outcome;
  }

  get pid(): number | undefined {
    return this.#launched.pid;
  }

  running(): boolean {
    return this.#launched.running();
  }

  signal(signal: NodeJS.Signals | number): boolean {
    return this.#launched.signal(signal);
  }

  stop(grace?: Duration, signal?: NodeJS.Signals | number): Promise<ProcessResult> {
    return this.#launched.stop(grace, signal);
  }
}
