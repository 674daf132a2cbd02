import type { ProcessResult } from '@proc/core';
import type { CompletedEntry } from '../contracts/completed-entry.js';
import { Deferred } from '../scheduler/deferred.js';
import type { Job } from '../scheduler/job.js';
import { completedEntry } from './completed-entry.js';

interface Completion {
  readonly index: number;
  readonly entry: CompletedEntry;
}

/** The results of a run in the order of their completion. Any number of readers read it, each from the first one. */
export class CompletionLog {
  readonly #completions: Completion[] = [];
  readonly #readers = new Set<{ waiting: boolean }>();
  readonly #onCaughtUp: () => void;
  #change = new Deferred<void>();
  #closed = false;

  /** @param onCaughtUp - called when a reader asks for more than there is, and when one leaves */
  constructor(onCaughtUp: () => void) {
    this.#onCaughtUp = onCaughtUp;
  }

  /** Whether no reader is at work on a result. */
  get caughtUp(): boolean {
    return [...this.#readers].every((reader) => reader.waiting);
  }

  add(job: Job, result: ProcessResult): void {
    this.#completions.push({ index: job.index, entry: completedEntry(job.key, result) });
    for (const reader of this.#readers) reader.waiting = false;
    this.#announceChange();
  }

  /** There will be no more. */
  close(): void {
    this.#closed = true;
    this.#announceChange();
  }

  inEntryOrder(): CompletedEntry[] {
    return [...this.#completions].sort((a, b) => a.index - b.index).map(({ entry }) => entry);
  }

  async *read(): AsyncGenerator<CompletedEntry, void, undefined> {
    const reader = { waiting: false };
    this.#readers.add(reader);
    try {
      for (let position = 0; ; position += 1) {
        const completion = await this.#at(position, reader);
        if (completion === undefined) return;
        yield completion.entry;
      }
    } finally {
      this.#readers.delete(reader);
      this.#onCaughtUp();
    }
  }

  async #at(position: number, reader: { waiting: boolean }): Promise<Completion | undefined> {
    while (position >= this.#completions.length && !this.#closed) {
      const change = this.#change.promise;
      reader.waiting = true;
      this.#onCaughtUp();
      await change;
    }
    return this.#completions[position];
  }

  #announceChange(): void {
    this.#change.resolve();
    this.#change = new Deferred();
  }
}
