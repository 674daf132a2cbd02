import type { OutputCallback } from '@proc/core';
import type { SecretTable } from '@proc/core/internal';
import type { Job } from '../scheduler/job.js';
import { HeldOutputs } from './held-outputs.js';
import type { OutputRouter } from './output-router.js';
import type { SerialCallback } from './serial-callback.js';

/** Delivers the output of an entry at its end. */
export class GroupedOutput implements OutputRouter {
  readonly #outputs: HeldOutputs;

  constructor(callback: SerialCallback) {
    this.#outputs = new HeldOutputs(callback);
  }

  open(job: Job, secrets: SecretTable): OutputCallback {
    return this.#outputs.open(job, secrets);
  }

  ended(job: Job): Promise<void> {
    const held = this.#outputs.take(job);
    return this.#outputs.deliver(held === undefined ? [] : [held]);
  }

  skipped(): void {}

  close(): void {
    this.#outputs.close();
  }
}
