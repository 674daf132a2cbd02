import type { Launched, ProcessResult } from '@proc/core';
import { Fifo } from './fifo.js';
import type { Job } from './job.js';

/** Gives jobs one after the other; asked only when there is a free place, and not again before it has answered. */
export interface JobSource {
  /** The next job, `null` at the end. */
  next(): Job | null | Promise<Job | null>;
}

/** What a scheduler tells its owner. None of these may throw, except `launch`. */
export interface SchedulerHooks {
  launch(job: Job): Launched;
  began(job: Job): void;
  /** The job keeps its place until the returned promise resolves. */
  ended(job: Job, result: ProcessResult): void | Promise<void>;
  /** The job threw in `launch`, or its outcome was rejected: it broke its contract. */
  broke(job: Job, error: unknown): void;
  sourceFailed(error: unknown): void;
  /** Nothing runs, nothing waits, and the source has come to its end. */
  idle(): void;
}

/**
 * Decides what is launched, and when: as many jobs at once as there are places, first in, first out, then from the
 * source. Everything that starts an entry goes through here.
 */
export class Scheduler {
  readonly #hooks: SchedulerHooks;
  readonly #queue = new Fifo<Job>();
  readonly #running = new Map<Job, Launched>();
  #source: JobSource | null;
  #places: number;
  #taken = 0;
  #pulling = false;
  #pumping = false;
  #paused = true;

  /** Starts paused: {@link resume} begins. */
  constructor(hooks: SchedulerHooks, places: number, source: JobSource | null = null) {
    this.#hooks = hooks;
    this.#places = places;
    this.#source = source;
  }

  get places(): number {
    return this.#places;
  }

  set places(places: number) {
    this.#places = places;
    this.#pump();
  }

  /** Jobs that wait for a place. */
  get queued(): number {
    return this.#queue.size;
  }

  get running(): ReadonlyMap<Job, Launched> {
    return this.#running;
  }

  /** Whether the source may still give jobs. */
  get reading(): boolean {
    return this.#source !== null;
  }

  get idle(): boolean {
    return this.#taken === 0 && this.#queue.size === 0 && this.#source === null;
  }

  push(job: Job): void {
    this.#queue.push(job);
    this.#pump();
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#pump();
  }

  /** Takes out what waits, and reads no further. What runs goes on. Call {@link resume} when that has been noted. */
  clear(): Job[] {
    this.#source = null;
    return this.#queue.clear();
  }

  #pump(): void {
    // Hooks may call back; the loop that is under way sees what they changed.
    if (this.#pumping) return;
    this.#pumping = true;
    while (!this.#paused && this.#taken < this.#places) {
      const job = this.#queue.shift() ?? this.#pull();
      if (job === undefined) break;
      this.#start(job);
    }
    this.#pumping = false;
    if (this.idle) this.#hooks.idle();
  }

  #start(job: Job): void {
    this.#taken += 1;
    let launched: Launched;
    try {
      launched = this.#hooks.launch(job);
    } catch (error) {
      this.#taken -= 1;
      this.#hooks.broke(job, error);
      return;
    }
    this.#running.set(job, launched);
    void this.#follow(job, launched);
    this.#hooks.began(job);
  }

  async #follow(job: Job, launched: Launched): Promise<void> {
    try {
      const result = await launched.outcome;
      this.#running.delete(job);
      await this.#hooks.ended(job, result);
    } catch (error) {
      this.#running.delete(job);
      this.#hooks.broke(job, error);
    }
    this.#taken -= 1;
    this.#pump();
  }

  #pull(): Job | undefined {
    const source = this.#source;
    if (source === null || this.#pulling) return undefined;
    this.#pulling = true;
    let next: Job | null | Promise<Job | null>;
    try {
      next = source.next();
    } catch (error) {
      this.#readingFailed(error);
      return undefined;
    }
    if (!(next instanceof Promise)) return this.#take(next);
    next.then(
      (job) => {
        const taken = this.#take(job);
        if (taken !== undefined) this.#queue.push(taken);
        this.#pump();
      },
      (error: unknown) => {
        this.#readingFailed(error);
        this.#pump();
      },
    );
    return undefined;
  }

  #take(job: Job | null): Job | undefined {
    this.#pulling = false;
    if (job === null) this.#source = null;
    // A source that was cut off while it was being read may still answer: nobody wants that job any more.
    return this.#source === null ? undefined : (job ?? undefined);
  }

  #readingFailed(error: unknown): void {
    this.#pulling = false;
    if (this.#source === null) return;
    this.#source = null;
    this.#hooks.sourceFailed(error);
  }
}
