import type { OutputCallback } from '@proc/core';
import type { SecretTable } from '@proc/core/internal';
import type { Job } from '../scheduler/job.js';
import { HeldOutput } from './held-output.js';
import { OutputShelf } from './output-shelf.js';
import type { SerialCallback } from './serial-callback.js';

/** The output of entries that run, held until it is due, and delivered one entry after the other. */
export class HeldOutputs {
  readonly #callback: SerialCallback;
  readonly #shelf = new OutputShelf();
  readonly #held = new Map<Job, HeldOutput>();
  readonly #undelivered = new Set<HeldOutput>();
  #turn: Promise<void> = Promise.resolve();

  constructor(callback: SerialCallback) {
    this.#callback = callback;
  }

  open(job: Job, secrets: SecretTable): OutputCallback {
    const held = new HeldOutput(job.key, secrets, this.#shelf);
    this.#held.set(job, held);
    this.#undelivered.add(held);
    return (type, chunk) => held.add(type, chunk);
  }

  /** Hands over what there is of a job that will print no more. */
  take(job: Job): HeldOutput | undefined {
    const held = this.#held.get(job);
    this.#held.delete(job);
    return held;
  }

  /** An entry is many calls: those of two entries must not mix. */
  deliver(due: readonly HeldOutput[]): Promise<void> {
    const delivered = this.#turn.then(async () => {
      for (const held of due) {
        await held.deliver(this.#callback);
        this.#undelivered.delete(held);
      }
    });
    // Once the callback has thrown, it is called no more: the chain stays rejected.
    this.#turn = delivered;
    return delivered;
  }

  /** Forgets what has not been delivered, because the callback has thrown. */
  close(): void {
    for (const held of this.#undelivered) held.discard();
    this.#undelivered.clear();
  }
}
