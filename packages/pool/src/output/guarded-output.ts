import type { OutputCallback } from '@proc/core';
import type { SecretTable } from '@proc/core/internal';
import type { Job } from '../scheduler/job.js';
import type { OutputRouter } from './output-router.js';

/** A router, or none, whose errors go to one place. */
export class GuardedOutput {
  readonly #router: OutputRouter | null;
  readonly #onError: (error: unknown) => void;
  readonly #deliveries = new Set<Promise<void>>();

  constructor(router: OutputRouter | null, onError: (error: unknown) => void) {
    this.#router = router;
    this.#onError = onError;
  }

  open(job: Job, secrets: SecretTable): OutputCallback | undefined {
    return this.#router?.open(job, secrets);
  }

  /** Resolves when the callback has taken all that can be delivered now; `undefined` where there is none. */
  ended(job: Job): Promise<void> | undefined {
    const router = this.#router;
    return router === null ? undefined : this.#guard(() => router.ended(job));
  }

  skipped(jobs: readonly Job[]): void {
    if (this.#router === null) return;
    const delivery = this.#guard(() => this.#router?.skipped(jobs)).finally(() =>
      this.#deliveries.delete(delivery),
    );
    this.#deliveries.add(delivery);
  }

  /** Resolves when what could be delivered because of skipped jobs has been. */
  async settled(): Promise<void> {
    await Promise.all(this.#deliveries);
  }

  close(): void {
    this.#router?.close();
  }

  async #guard(delivery: () => void | Promise<void>): Promise<void> {
    try {
      await delivery();
    } catch (error) {
      this.#onError(error);
    }
  }
}
