import type { Duration, PoolProgressSnapshot, ProcessResult } from '@proc/core';
import { normalizeSignal, parseDuration } from '@proc/core/internal';
import type { CompletedEntry } from './contracts/completed-entry.js';
import type { Concurrency } from './contracts/concurrency.js';
import type { PoolDefinition } from './contracts/pool-definition.js';
import type { PoolEnvironment } from './contracts/pool-environment.js';
import type { PoolOptions } from './contracts/pool-options.js';
import type {
  AnyOutputCallback,
  PoolChunkCallback,
  PoolOutputCallback,
} from './contracts/pool-output-callback.js';
import type { PoolEntryInput } from './contracts/scheduling.js';
import type { RunningEntry } from './contracts/running-entry.js';
import { requireDefinition } from './entries/read-definition.js';
import { toEntry } from './entries/to-entry.js';
import type { PoolResults } from './results/pool-results.js';
import type { PoolRun } from './run/pool-run.js';
import { PoolRuns } from './run/pool-runs.js';
import { resolveConcurrency } from './run/resolve-concurrency.js';
import { resolvePoolOptions } from './run/resolve-options.js';
import { NO_PROGRESS } from './run/tally.js';

/**
 * Many processes, pipelines or other launchables at once, a limited number at a time. Made by `manager.pool`.
 *
 * Every ending of an entry is a result, a failed start and a timeout included. Disposing (`await using`) stops it.
 *
 * @example
 * ```ts
 * const results = await processes
 *   .pool((pool) => {
 *     pool.as('lint').command('npm run lint');
 *     pool.as('test').command('npm test').timeout('5m');
 *   }, { maxProcesses: 4 })
 *   .start((type, chunk, key) => process.stdout.write(`${key}: ${chunk}`));
 * results.throwIfAnyFailed();
 * ```
 */
export class Pool implements AsyncDisposable {
  readonly #environment: PoolEnvironment;
  readonly #runs: PoolRuns;
  #concurrency: number;
  #paused = false;

  /** @throws {@link InvalidArgumentError} for options, and for a definition, that can not work */
  constructor(environment: PoolEnvironment, definition: PoolDefinition, options: PoolOptions = {}) {
    requireDefinition(definition);
    const resolved = resolvePoolOptions(options, environment);
    this.#environment = environment;
    this.#runs = new PoolRuns({ environment, definition, options: resolved, owner: this });
    this.#concurrency = resolved.concurrency;
  }

  /** How many entries may run at once. May be changed at any time; lowering it ends nothing. */
  get concurrency(): number {
    return this.#concurrency;
  }

  set concurrency(value: Concurrency) {
    this.#concurrency = resolveConcurrency(value);
    if (this.#run !== undefined) this.#run.scheduler.places = this.#concurrency;
  }

  /** Whether nothing more is started: after {@link pause}, until {@link resume}. */
  get paused(): boolean {
    return this.#paused;
  }

  /**
   * Runs all entries; resolves with their results when the last has ended. May be called again afterwards: the
   * entries are then defined and run anew.
   *
   * A failure rejects nothing: see {@link PoolResults.throwIfAnyFailed}. Neither does an abort, a timeout or a stop:
   * what had not started by then is {@link PoolResults.skipped}.
   *
   * @param onOutput - receives the output of all entries; where it declares exactly one parameter, the chunk alone
   * @throws {@link InvalidArgumentError} for what is no entry, and for a key that is used twice; nothing is started
   * @throws what the callback that adds the entries throws; nothing is started
   * @throws {@link PoolStateError} while it runs, and at the second start over a generator
   * @throws {@link PoolInterruptedError} when the iterable or a callback fails, after what ran has been stopped
   */
  // The first signature types both forms of an inline callback: TypeScript picks by the number of parameters.
  start(onOutput: PoolOutputCallback & PoolChunkCallback): Promise<PoolResults>;
  start(onOutput?: AnyOutputCallback | null): Promise<PoolResults>;
  async start(onOutput?: AnyOutputCallback | null): Promise<PoolResults> {
    return this.#begin(onOutput).results;
  }

  /** Same as {@link start}. */
  run(onOutput: PoolOutputCallback & PoolChunkCallback): Promise<PoolResults>;
  run(onOutput?: AnyOutputCallback | null): Promise<PoolResults>;
  async run(onOutput?: AnyOutputCallback | null): Promise<PoolResults> {
    return this.#begin(onOutput).results;
  }

  /**
   * The results in the order of completion, from the first one, of the run that is under way or over; starts the pool
   * if it was never started. Leaving the loop stops a pool that the loop has started, and waits for that.
   *
   * The pool does not end before the loop body has seen the last result, so the body may {@link add} further entries.
   *
   * @example
   * ```ts
   * for await (const [key, result] of pool.results()) console.log(key, result.exitCode);
   * ```
   * @throws as {@link start} does
   */
  async *results(): AsyncGenerator<CompletedEntry, void, undefined> {
    const startedHere = this.#run === undefined;
    const run = this.#run ?? this.#begin();
    let left = true;
    try {
      yield* run.log.read();
      left = false;
      await run.results;
    } finally {
      if (left && startedHere) await run.stop();
    }
  }

  /**
   * Adds an entry while the pool runs; it waits for its place as the others do. Resolves with its result, whatever
   * that is; rejects with an {@link EntrySkippedError} when the pool ends before its turn, which goes unnoticed where
   * nobody listens.
   *
   * @throws {@link PoolStateError} when the pool does not run
   * @throws {@link InvalidArgumentError} for what is no entry, and for a key that is taken
   */
  add(command: PoolEntryInput, key?: string): Promise<ProcessResult> {
    try {
      const run = this.#runs.requireCurrent();
      return run.add(toEntry(this.#environment.manager, command, key));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Starts nothing more until {@link resume}; what runs goes on. A pool can be paused before its start. */
  pause(): this {
    this.#paused = true;
    this.#run?.scheduler.pause();
    return this;
  }

  /** Goes on starting entries. */
  resume(): this {
    this.#paused = false;
    this.#run?.scheduler.resume();
    return this;
  }

  /** The entries that run at this moment. */
  running(): readonly RunningEntry[] {
    return this.#run?.running.list() ?? [];
  }

  /** Number of entries known so far, whatever has become of them; 0 before the start. */
  count(): number {
    return this.#run?.count ?? 0;
  }

  /** The numbers of this moment. */
  progress(): PoolProgressSnapshot {
    return this.#run?.progress() ?? NO_PROGRESS;
  }

  /**
   * Sends a signal to every entry that runs.
   *
   * @returns how many received it
   * @throws {@link InvalidArgumentError} for an unknown signal
   */
  signal(signal: NodeJS.Signals | number): number {
    return this.#run?.running.signal(normalizeSignal(signal)) ?? 0;
  }

  /**
   * Stops all running entries at the same time: their kill signal, then SIGKILL after `grace`. What waits is skipped.
   * Resolves when everything has ended; harmless when nothing runs.
   *
   * Not to be awaited in an output callback: the end of the entry waits for the callback.
   *
   * @throws {@link InvalidArgumentError} for a malformed duration
   */
  async stop(grace?: Duration): Promise<void> {
    if (grace !== undefined) parseDuration(grace, 'grace');
    await this.#run?.stop(grace);
  }

  /** As {@link stop}, with SIGKILL at once. */
  async kill(): Promise<void> {
    await this.#run?.kill();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  get #run(): PoolRun | undefined {
    return this.#runs.current;
  }

  #begin(onOutput?: AnyOutputCallback | null): PoolRun {
    return this.#runs.begin({ onOutput, concurrency: this.#concurrency, paused: this.#paused });
  }
}
