import type { ProcessResult } from '@proc/core';
import { realTime } from '@proc/core/internal';
import type { CompletedEntry } from '../contracts/completed-entry.js';
import { Deferred } from '../scheduler/deferred.js';
import type { Job } from '../scheduler/job.js';
import { completedEntry } from './completed-entry.js';

/** How far behind a reader may be before no more entries are read from an iterable. */
const UNREAD = 64;

/** A result, and the way to the one after it: what nobody is before any more is free to go. */
interface Link {
  readonly index: number;
  readonly entry: CompletedEntry | undefined;
  next: Link | undefined;
}

interface Reader {
  /** What it has read last. */
  at: Link;
  unread: number;
  waiting: boolean;
}

/** How a log works. */
export interface CompletionLogOptions {
  /** Whether all results are kept, or only those that a reader has not read yet. */
  readonly collect: boolean;
  /** Called when a reader asks for more than there is, and when one leaves. */
  readonly onCaughtUp: () => void;
}

/**
 * The results of a run in the order of their completion. Any number of readers read it, each from the first one; where
 * results are not kept, from the one that comes next.
 */
export class CompletionLog {
  readonly #collect: boolean;
  readonly #onCaughtUp: () => void;
  readonly #readers = new Set<Reader>();
  #last: Link = { index: -1, entry: undefined, next: undefined };
  /** Before the first result; `null` when those are not kept. */
  #start: Link | null = this.#last;
  #count = 0;
  #change = new Deferred<void>();
  #moved = new Deferred<void>();
  #closed = false;

  constructor({ collect, onCaughtUp }: CompletionLogOptions) {
    this.#collect = collect;
    this.#onCaughtUp = onCaughtUp;
    // Whoever starts a run in order to read its results begins within this turn.
    if (!collect) realTime.queueMicrotask(() => (this.#start = null));
  }

  /** Whether no reader is at work on a result. */
  get caughtUp(): boolean {
    return [...this.#readers].every((reader) => reader.waiting);
  }

  add(job: Job, result: ProcessResult): void {
    const entry = completedEntry(job.key, result);
    const link: Link = { index: job.index, entry, next: undefined };
    this.#last.next = link;
    this.#last = link;
    this.#count += 1;
    for (const reader of this.#readers) {
      reader.waiting = false;
      reader.unread += 1;
    }
    this.#announceChange();
  }

  /** There will be no more. */
  close(): void {
    this.#closed = true;
    this.#announceChange();
    this.#moved.resolve();
  }

  /** What is kept. */
  inEntryOrder(): CompletedEntry[] {
    const kept: { readonly index: number; readonly entry: CompletedEntry }[] = [];
    for (let link = this.#start?.next; link?.entry !== undefined; link = link.next) {
      kept.push({ index: link.index, entry: link.entry });
    }
    return kept.sort((a, b) => a.index - b.index).map(({ entry }) => entry);
  }

  /** Where results are not kept: the wait until no reader is far behind, since what it has not read is. */
  room(): Promise<void> | undefined {
    return this.#collect || !this.#isFarBehind() ? undefined : this.#wait();
  }

  async *read(): AsyncGenerator<CompletedEntry, void, undefined> {
    const unread = this.#start === null ? 0 : this.#count;
    const reader: Reader = { at: this.#start ?? this.#last, unread, waiting: false };
    this.#readers.add(reader);
    try {
      for (;;) {
        // No link: what a generator holds in between may be an old one, and with it all that came after.
        const entry = await this.#next(reader);
        if (entry === undefined) return;
        yield entry;
      }
    } finally {
      this.#readers.delete(reader);
      this.#readerMoved();
      this.#onCaughtUp();
    }
  }

  async #next(reader: Reader): Promise<CompletedEntry | undefined> {
    while (reader.at.next === undefined && !this.#closed) {
      const change = this.#change.promise;
      reader.waiting = true;
      this.#onCaughtUp();
      await change;
    }
    const { next } = reader.at;
    if (next === undefined) return undefined;
    reader.at = next;
    reader.unread -= 1;
    this.#readerMoved();
    return next.entry;
  }

  #isFarBehind(): boolean {
    return !this.#closed && [...this.#readers].some(({ unread }) => unread > UNREAD);
  }

  async #wait(): Promise<void> {
    while (this.#isFarBehind()) await this.#moved.promise;
  }

  #readerMoved(): void {
    if (this.#collect) return;
    this.#moved.resolve();
    this.#moved = new Deferred();
  }

  #announceChange(): void {
    this.#change.resolve();
    this.#change = new Deferred();
  }
}
