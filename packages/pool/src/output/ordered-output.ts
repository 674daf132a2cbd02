import type { OutputCallback } from '@proc/core';
import type { SecretTable } from '@proc/core/internal';
import type { Job } from '../scheduler/job.js';
import type { HeldOutput } from './held-output.js';
import { HeldOutputs } from './held-outputs.js';
import type { OutputRouter } from './output-router.js';
import type { SerialCallback } from './serial-callback.js';

/** Delivers the output of an entry at its end, when all entries before it have had theirs delivered. */
export class OrderedOutput implements OutputRouter {
  readonly #outputs: HeldOutputs;
  /** What has ended out of turn, by index. */
  readonly #ready = new Map<number, HeldOutput | null>();
  #next = 0;

  constructor(callback: SerialCallback) {
    this.#outputs = new HeldOutputs(callback);
  }

  open(job: Job, secrets: SecretTable): OutputCallback {
    return this.#outputs.open(job, secrets);
  }

  ended(job: Job): Promise<void> {
    const held = this.#outputs.take(job);
    if (job.index !== this.#next) held?.rest();
    this.#ready.set(job.index, held ?? null);
    return this.#advance();
  }

  skipped(jobs: readonly Job[]): Promise<void> {
    for (const job of jobs) this.#ready.set(job.index, null);
    return this.#advance();
  }

  close(): void {
    this.#outputs.close();
  }

  #advance(): Promise<void> {
    const due: HeldOutput[] = [];
    for (let held = this.#take(); held !== undefined; held = this.#take()) {
      if (held !== null) due.push(held);
    }
    return this.#outputs.deliver(due);
  }

  #take(): HeldOutput | null | undefined {
    const held = this.#ready.get(this.#next);
    if (held !== undefined) this.#ready.delete(this.#next++);
    return held;
  }
}
