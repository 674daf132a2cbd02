import type { OutputCallback } from '@proc/core';
import type { SecretTable } from '@proc/core/internal';
import type { Job } from '../scheduler/job.js';
import { HeldOutput } from './held-output.js';
import type { OutputRouter } from './output-router.js';
import type { SerialCallback } from './serial-callback.js';

/** Delivers the output of an entry at its end, when all entries before it have had theirs delivered. */
export class OrderedOutput implements OutputRouter {
  readonly #callback: SerialCallback;
  readonly #held = new Map<Job, HeldOutput>();
  /** What has ended out of turn, by index. */
  readonly #ready = new Map<number, HeldOutput | null>();
  #next = 0;
  #turn: Promise<void> = Promise.resolve();

  constructor(callback: SerialCallback) {
    this.#callback = callback;
  }

  open(job: Job, secrets: SecretTable): OutputCallback {
    const held = new HeldOutput(job.key, secrets);
    this.#held.set(job, held);
    return (type, chunk) => held.add(type, chunk);
  }

  ended(job: Job): Promise<void> {
    this.#ready.set(job.index, this.#held.get(job) ?? null);
    this.#held.delete(job);
    return this.#advance();
  }

  skipped(jobs: readonly Job[]): Promise<void> {
    for (const job of jobs) this.#ready.set(job.index, null);
    return this.#advance();
  }

  #advance(): Promise<void> {
    const due: HeldOutput[] = [];
    for (let held = this.#take(); held !== undefined; held = this.#take()) {
      if (held !== null) due.push(held);
    }
    const delivered = this.#turn.then(async () => {
      for (const held of due) await held.deliver(this.#callback);
    });
    // Once the callback has thrown, it is called no more: the chain stays rejected.
    this.#turn = delivered;
    return delivered;
  }

  #take(): HeldOutput | null | undefined {
    const held = this.#ready.get(this.#next);
    if (held !== undefined) this.#ready.delete(this.#next++);
    return held;
  }
}
