import type { Job } from './job.js';

/** Gives jobs one after the other; asked only when there is a free place, and not again before it has answered. */
export interface JobSource {
  /** The next job, `null` at the end. */
  next(): Job | null | Promise<Job | null>;
}

/** Whom a reader tells. */
export interface ReaderHooks {
  taken(job: Job): void;
  failed(error: unknown): void;
  /** An answer that had to be waited for has come, whatever it was. */
  answered(): void;
}

/** Reads a source, one job at a time. */
export class SourceReader {
  readonly #hooks: ReaderHooks;
  #source: JobSource | null;
  #pulling = false;

  constructor(source: JobSource | null, hooks: ReaderHooks) {
    this.#source = source;
    this.#hooks = hooks;
  }

  /** Whether there may be more. */
  get reading(): boolean {
    return this.#source !== null;
  }

  /** Asks for the next job, unless one has been asked for. */
  pull(): void {
    const source = this.#source;
    if (source === null || this.#pulling) return;
    this.#pulling = true;
    let next: Job | null | Promise<Job | null>;
    try {
      next = source.next();
    } catch (error) {
      this.#failed(error);
      return;
    }
    if (!(next instanceof Promise)) {
      this.#take(next);
      return;
    }
    next.then(
      (job) => {
        this.#take(job);
        this.#hooks.answered();
      },
      (error: unknown) => {
        this.#failed(error);
        this.#hooks.answered();
      },
    );
  }

  /** Asks no more. What has been asked for already may still be answered: nobody wants that job. */
  close(): void {
    this.#source = null;
  }

  #take(job: Job | null): void {
    this.#pulling = false;
    if (job === null) this.#source = null;
    else if (this.#source !== null) this.#hooks.taken(job);
  }

  #failed(error: unknown): void {
    this.#pulling = false;
    if (this.#source === null) return;
    this.#source = null;
    this.#hooks.failed(error);
  }
}
