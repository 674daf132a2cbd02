import type { Duration, Launched } from '@proc/core';

/** What a stage has launched and what still runs of it. */
export class StageParts {
  readonly #running = new Set<Launched>();

  get pid(): number | undefined {
    return [...this.#running].findLast(({ pid }) => pid !== undefined)?.pid;
  }

  get empty(): boolean {
    return this.#running.size === 0;
  }

  add(part: Launched): void {
    this.#running.add(part);
    void part.outcome.then(() => this.#running.delete(part));
  }

  /** Tells whether there was one to receive it. */
  signal(signal: NodeJS.Signals | number): boolean {
    return [...this.#running].map((part) => part.signal(signal)).includes(true);
  }

  /** Resolves when all have ended. Never rejects. */
  async stop(grace?: Duration, signal?: NodeJS.Signals | number): Promise<void> {
    await Promise.allSettled([...this.#running].map((part) => part.stop(grace, signal)));
  }
}
