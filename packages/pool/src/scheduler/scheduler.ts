import type { Clock, Launched, PoolGate, ProcessResult } from '@proc/core';
import { ResourceExhaustedError } from '@proc/core';
import type { Gate } from '../gates/gate.js';
import { Gatekeeper } from '../gates/gatekeeper.js';
import type { Job } from './job.js';
import { Places } from './places.js';
import { ReadyQueue } from './ready-queue.js';
import { SourceReader, type JobSource } from './source-reader.js';
import { Throttle } from './throttle.js';

/** What a scheduler tells its owner. None of these may throw, except `launch`. */
export interface SchedulerHooks {
  launch(job: Job): Launched;
  began(job: Job): void;
  /** The job keeps its place until the returned promise resolves. */
  ended(job: Job, result: ProcessResult): void | Promise<void>;
  /** The machine had no room for the job: it waits again, at its place among the others. */
  returned(job: Job): void;
  /** The job threw in `launch`, or its outcome was rejected: it broke its contract. */
  broke(job: Job, error: unknown): void;
  sourceFailed(error: unknown): void;
  /** Nothing runs, nothing waits, and the source has come to its end. */
  idle(): void;
}

/** How a scheduler works. */
export interface SchedulerOptions {
  readonly places: number;
  readonly source?: JobSource | null;
  /** How long the machine may have no room for anything before jobs fail for it. */
  readonly patienceMs: number;
  /** Each must be open for a job to be started beside others. */
  readonly gates?: readonly Gate[];
  /** What it waits by until the machine has room again, or a gate is open; looked up anew each time. */
  readonly clock: () => Clock;
}

/**
 * Decides what is launched, and when: as many jobs at once as there are places, by their priority, then in their order,
 * then from the source. What the machine has no room for waits until it has. Everything that starts an entry goes
 * through here.
 */
export class Scheduler {
  readonly #hooks: SchedulerHooks;
  readonly #queue = new ReadyQueue();
  readonly #throttle: Throttle;
  readonly #gatekeeper: Gatekeeper;
  readonly #running = new Map<Job, Launched>();
  readonly #reader: SourceReader;
  readonly #places: Places;
  #pumping = false;
  #paused = true;
  #closed = false;

  /** Starts paused: {@link resume} begins. */
  constructor(hooks: SchedulerHooks, options: SchedulerOptions) {
    const { places, source = null, patienceMs, gates = [], clock } = options;
    this.#hooks = hooks;
    this.#places = new Places(places, () => clock().now());
    this.#reader = new SourceReader(source, {
      taken: (job) => this.#queue.push(job),
      failed: (error) => hooks.sourceFailed(error),
      answered: () => this.#pump(),
    });
    this.#gatekeeper = new Gatekeeper(gates, { clock, onOpened: () => this.#pump() });
    this.#throttle = new Throttle({
      patienceMs,
      clock,
      width: () => this.#places.width,
      onRetry: () => this.#pump(),
    });
  }

  get places(): number {
    return this.#places.width;
  }

  set places(places: number) {
    this.#places.width = places;
    this.#pump();
  }

  /** For how long places were taken, in milliseconds. */
  get busyMs(): number {
    return this.#places.busyMs;
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
    return this.#reader.reading;
  }

  /** What keeps jobs from being started that the window has room for: a lack in the system, or a gate. */
  get waiting(): { readonly throttled: boolean; readonly gate: PoolGate | null } {
    return {
      throttled: this.#throttle.active,
      gate: this.#queue.size > 0 ? this.#gatekeeper.shut : null,
    };
  }

  get idle(): boolean {
    return this.#places.empty && this.#queue.size === 0 && !this.#reader.reading;
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
    this.#closed = true;
    this.#reader.close();
    this.#rest();
    return this.#queue.clear();
  }

  #pump(): void {
    // Hooks may call back; the loop that is under way sees what they changed.
    if (this.#pumping) return;
    this.#pumping = true;
    while (!this.#paused && !this.#places.full(this.#throttle.limit)) {
      if (this.#queue.size === 0) this.#reader.pull();
      const job = this.#queue.peek();
      // What is heavy waits for room, and nothing behind it slips past: it would wait for ever.
      if (job === undefined || !this.#mayStart(job)) break;
      this.#queue.shift();
      this.#start(job);
    }
    this.#pumping = false;
    // The last that waited may have gone in alone, past a gate that is shut.
    if (this.#queue.size === 0) this.#gatekeeper.rest();
    if (!this.idle) return;
    this.#rest();
    this.#hooks.idle();
  }

  #rest(): void {
    this.#throttle.rest();
    this.#gatekeeper.rest();
  }

  #mayStart({ weight }: Job): boolean {
    // One alone may always: a gate holds up what comes beside it, and not the pool.
    if (this.#places.empty) return !this.#throttle.holds;
    return this.#places.fits(weight, this.#throttle.limit) && this.#gatekeeper.letsPass();
  }

  #start(job: Job): void {
    this.#places.take(job.weight);
    let launched: Launched;
    try {
      launched = this.#hooks.launch(job);
    } catch (error) {
      this.#places.free(job.weight);
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
      if (this.#putBack(job, result)) return;
      job.launches += 1;
      job.attempts = result.attempts;
      await this.#hooks.ended(job, result);
    } catch (error) {
      this.#running.delete(job);
      this.#hooks.broke(job, error);
    }
    this.#places.free(job.weight);
    this.#pump();
  }

  /** Lets a job wait again that nothing is known of but that the machine had no room for it. */
  #putBack(job: Job, result: ProcessResult): boolean {
    if (!isExhausted(result)) {
      this.#throttle.relax();
      return false;
    }
    if (this.#closed || job.entry.repeatable === false) return false;
    if (this.#throttle.gaveUp(this.#running.size > 0)) return false;
    this.#places.free(job.weight);
    this.#throttle.tighten(this.#places.taken);
    this.#queue.push(job);
    this.#hooks.returned(job);
    this.#pump();
    return true;
  }
}

/** Whether a job has ended since there was no room for it, before anything of it ran. */
function isExhausted(result: ProcessResult): boolean {
  if (!ResourceExhaustedError.is(result.error)) return false;
  const { stages = [] } = result as { stages?: readonly { readonly result: ProcessResult }[] };
  return result.pid === undefined && stages.every((stage) => stage.result.pid === undefined);
}
