import type { OutputCallback } from '@proc/core';
import type { Job } from '../scheduler/job.js';
import type { OutputRouter } from './output-router.js';
import type { SerialCallback } from './serial-callback.js';

/** Passes each chunk on as it comes, whole line or not. */
export class RawOutput implements OutputRouter {
  readonly #callback: SerialCallback;

  constructor(callback: SerialCallback) {
    this.#callback = callback;
  }

  open(job: Job): OutputCallback {
    return (type, chunk) => this.#callback.call(type, chunk, job.key);
  }

  ended(): void {}

  skipped(): void {}

  close(): void {}
}
