import type {
  CommandWord,
  CommandInput,
  Duration,
  ProcessManager,
  ProcessOptions,
  ProcessResult,
} from '@proc/core';
import { CallSite, parseDuration, readObject } from '@proc/core/internal';
import type { Concurrency } from './contracts/concurrency.js';
import { toEntry } from './entries/to-entry.js';
import { EntrySkippedError } from './errors/entry-skipped-error.js';
import { PoolStateError } from './errors/pool-state-error.js';
import { resolvePatience } from './run/resolve-options.js';
import { resolveConcurrency } from './run/resolve-concurrency.js';
import { Deferred } from './scheduler/deferred.js';
import { Job } from './scheduler/job.js';
import { Scheduler } from './scheduler/scheduler.js';

/** How a {@link ProcessPool} works. */
export interface ProcessPoolOptions {
  /** Default: 5. */
  readonly concurrency?: Concurrency | undefined;
  /** As for a pool: {@link PoolOptions.patience}. */
  readonly patience?: Duration | null | undefined;
}

/**
 * A queue that lives as long as you like: any number of commands, a limited number at a time, each with its own
 * promise. Disposing (`await using`) stops what runs.
 *
 * @example
 * ```ts
 * const pool = new ProcessPool(processes, { concurrency: 3 });
 * const sizes = await Promise.all(files.map((file) => pool.start('wc', ['-c', file])));
 * await pool.close();
 * ```
 */
export class ProcessPool implements AsyncDisposable {
  readonly #manager: ProcessManager;
  readonly #scheduler: Scheduler;
  readonly #results = new Map<Job, Deferred<ProcessResult>>();
  #onIdle = new Deferred<void>();
  #started = 0;
  #closed = false;

  /** @throws {@link InvalidArgumentError} for an option that there is not, or that can not have its value */
  constructor(manager: ProcessManager, options: ProcessPoolOptions = {}) {
    const what = 'Options of a process pool are given as';
    const { concurrency = 5, patience } = readObject(options, what, ['concurrency', 'patience']);
    this.#manager = manager;
    this.#scheduler = new Scheduler(
      {
        launch: ({ entry, callSite }) => entry.launch({ callSite }),
        began: () => undefined,
        ended: (job, result) => this.#settle(job, result),
        returned: () => undefined,
        broke: (job, error) => this.#take(job)?.reject(error),
        sourceFailed: () => undefined,
        idle: () => this.#announceIdle(),
      },
      {
        places: resolveConcurrency(concurrency),
        patienceMs: resolvePatience(patience),
        clock: () => manager.clock,
      },
    );
    this.#scheduler.resume();
  }

  /** How many commands may run at once. May be changed at any time; lowering it ends nothing. */
  get concurrency(): number {
    return this.#scheduler.places;
  }

  set concurrency(value: Concurrency) {
    this.#scheduler.places = resolveConcurrency(value);
  }

  /** Commands that run or wait. */
  get size(): number {
    return this.#results.size;
  }

  /** Commands that wait for a place. */
  get pending(): number {
    return this.#scheduler.queued;
  }

  /** Commands that run. */
  get active(): number {
    return this.#scheduler.running.size;
  }

  /**
   * Runs a command when there is a place. Resolves and rejects as `manager.run` does: a non-zero exit is a result, a
   * timeout or a failed start a rejection.
   *
   * @throws {@link PoolStateError} after {@link close} or {@link stop}
   * @throws {@link EntrySkippedError} when {@link stop} came before its turn; goes unnoticed where nobody listens
   */
  start(command: CommandInput, options?: ProcessOptions): Promise<ProcessResult>;
  start(
    file: string,
    args?: readonly CommandWord[],
    options?: ProcessOptions,
  ): Promise<ProcessResult>;
  start(
    command: CommandInput,
    argsOrOptions?: readonly CommandWord[] | ProcessOptions,
    options?: ProcessOptions,
  ): Promise<ProcessResult> {
    try {
      return this.#enqueue(command, argsOrOptions, options);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Resolves when nothing runs and nothing waits; at once when that is so. */
  onIdle(): Promise<void> {
    return this.size === 0 ? Promise.resolve() : this.#onIdle.promise;
  }

  /** Takes no more commands, and resolves when those it has are done. Idempotent. */
  close(): Promise<void> {
    this.#closed = true;
    return this.onIdle();
  }

  /**
   * Takes no more commands, skips those that wait, and stops those that run, all at the same time. Resolves when
   * everything has ended.
   *
   * @throws {@link InvalidArgumentError} for a malformed duration
   */
  async stop(grace?: Duration): Promise<void> {
    if (grace !== undefined) parseDuration(grace, 'grace');
    this.#closed = true;
    for (const job of this.#scheduler.clear()) {
      this.#take(job)?.rejectQuietly(new EntrySkippedError(job.key, 'stopped'));
    }
    const running = [...this.#scheduler.running.values()];
    await Promise.allSettled(running.map((launched) => launched.stop(grace)));
    await this.onIdle();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #enqueue(
    command: CommandInput,
    argsOrOptions: readonly CommandWord[] | ProcessOptions | undefined,
    options: ProcessOptions = {},
  ): Promise<ProcessResult> {
    if (this.#closed) throw new PoolStateError('The process pool is closed.');
    const given = isArguments(argsOrOptions)
      ? { ...options, args: argsOrOptions }
      : { ...argsOrOptions, ...options };
    const { entry } = toEntry(this.#manager, { ...given, command });
    const index = this.#started++;
    const job = new Job({ key: index, index, entry, callSite: CallSite.capture() });
    const result = new Deferred<ProcessResult>();
    this.#results.set(job, result);
    this.#scheduler.push(job);
    return result.promise;
  }

  #settle(job: Job, result: ProcessResult): void {
    if (result.error === null) this.#take(job)?.resolve(result);
    else this.#take(job)?.reject(result.error);
  }

  #take(job: Job): Deferred<ProcessResult> | undefined {
    const result = this.#results.get(job);
    this.#results.delete(job);
    return result;
  }

  #announceIdle(): void {
    this.#onIdle.resolve();
    this.#onIdle = new Deferred();
  }
}

function isArguments(
  value: readonly CommandWord[] | ProcessOptions | undefined,
): value is readonly CommandWord[] {
  return Array.isArray(value);
}
