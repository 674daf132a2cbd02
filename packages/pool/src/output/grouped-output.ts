import type { OutputCallback } from '@proc/core';
import type { SecretTable } from '@proc/core/internal';
import type { Job } from '../scheduler/job.js';
import { HeldOutput } from './held-output.js';
import type { OutputRouter } from './output-router.js';
import type { SerialCallback } from './serial-callback.js';

/** Delivers the output of an entry at its end. */
export class GroupedOutput implements OutputRouter {
  readonly #callback: SerialCallback;
  readonly #held = new Map<Job, HeldOutput>();
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
    const held = this.#held.get(job);
    this.#held.delete(job);
    // An entry is many calls: those of two entries must not mix.
    const delivered = this.#turn.then(() => held?.deliver(this.#callback));
    // Once the callback has thrown, it is called no more: the chain stays rejected.
    this.#turn = delivered;
    return delivered;
  }

  skipped(): void {}
}
