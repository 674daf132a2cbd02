import { inspect } from 'node:util';
import type { ProcessResult, ProcessResultJson } from '@proc/core';
import type { CompletedEntry } from '../contracts/completed-entry.js';
import type { PoolKey } from '../contracts/pool-key.js';
import type { PoolStopReason } from '../contracts/pool-stop-reason.js';
import type { EntrySkippedError } from '../errors/entry-skipped-error.js';
import { PoolFailedError } from '../errors/pool-failed-error.js';
import { PoolStateError } from '../errors/pool-state-error.js';
import { DESCRIBED, describeFailure } from './describe-failure.js';
import type { ResultSummary } from './result-summary.js';

/** Entries that are shown when results are printed. */
const SHOWN = 20;

/** An entry that was not started, and the way to know why. */
export interface SkippedEntry {
  readonly key: PoolKey;
  readonly why: () => EntrySkippedError;
}

/** What a finished pool knows; {@link PoolResults} is made of it. */
export interface PoolOutcome {
  /** In entry order. */
  readonly completed: readonly CompletedEntry[];
  /** What is known of results that were not collected. */
  readonly summary?: ResultSummary | undefined;
  /** In entry order. */
  readonly skipped: readonly SkippedEntry[];
  /** Whether every entry there was has been run; an iterable that was not read to its end makes this `false`. */
  readonly complete: boolean;
  readonly reason: PoolStopReason | null;
  readonly cause: unknown;
  readonly durationMs: number;
  readonly resumed?: readonly PoolKey[] | undefined;
  readonly changed?: readonly PoolKey[] | undefined;
  readonly obsolete?: readonly PoolKey[] | undefined;
}

/** The results of a pool as plain data. */
export interface PoolResultsJson {
  readonly total: number;
  readonly successCount: number;
  readonly failureCount: number;
  readonly failedKeys: readonly PoolKey[];
  readonly skipped: readonly PoolKey[];
  readonly reason: PoolStopReason | null;
  readonly durationMs: number;
  readonly entries: readonly { readonly key: PoolKey; readonly result: ProcessResultJson }[];
}

/**
 * The results of a pool. Iterating gives them in the order of the entries, whatever order they ended in:
 * `const [first, second] = results`.
 *
 * An entry that never started has no result: its key is in {@link skipped}, it takes no place among the values, and
 * {@link failed} is true.
 *
 * With `collect: false` there are the numbers and the keys. Whatever would give a result throws a
 * {@link PoolStateError}.
 */
export class PoolResults implements Iterable<ProcessResult> {
  /** Keys of the entries that were not started, in entry order. */
  readonly skipped: readonly PoolKey[];
  /** Why the pool did not go on to its end; `null` when it did. */
  readonly reason: PoolStopReason | null;
  /** What led to `reason`: the AbortSignal's reason, a {@link PoolTimedOutError}, what a callback threw. */
  readonly cause: unknown;
  /** From the start of the pool to its end, monotonic. */
  readonly durationMs: number;
  /** Keys of the entries whose results come from an earlier run, by way of the journal. */
  readonly resumed: readonly PoolKey[];
  /** Keys that the journal has with another specification: they were run again. */
  readonly changed: readonly PoolKey[];
  /** Keys that the journal has and the pool has not. */
  readonly obsolete: readonly PoolKey[];
  /** Whether the results are here: `collect` was not `false`. */
  readonly collected: boolean;
  readonly #summary: ResultSummary | undefined;
  readonly #complete: boolean;
  readonly #skips: readonly SkippedEntry[];
  readonly #byKey: ReadonlyMap<PoolKey, ProcessResult>;

  constructor(outcome: PoolOutcome) {
    this.skipped = outcome.skipped.map(({ key }) => key);
    this.#skips = outcome.skipped;
    this.reason = outcome.reason;
    this.cause = outcome.cause;
    this.durationMs = outcome.durationMs;
    this.resumed = outcome.resumed ?? [];
    this.changed = outcome.changed ?? [];
    this.obsolete = outcome.obsolete ?? [];
    this.collected = outcome.summary === undefined;
    this.#summary = outcome.summary;
    this.#complete = outcome.complete;
    this.#byKey = new Map(outcome.completed);
  }

  [Symbol.iterator](): IterableIterator<ProcessResult> {
    return this.#results.values();
  }

  /** Pairs of key and result, in entry order. */
  entries(): IterableIterator<[PoolKey, ProcessResult]> {
    return this.#results.entries();
  }

  /** The result of an entry, by its name or else its position; `undefined` when there is none of that key. */
  get(key: PoolKey): ProcessResult | undefined {
    return this.#results.get(key);
  }

  /** Why an entry was not started; `undefined` for one that was. */
  whySkipped(key: PoolKey): EntrySkippedError | undefined {
    return this.#skips.find((skip) => skip.key === key)?.why();
  }

  /** Number of entries, the skipped ones included. */
  get total(): number {
    return this.successCount + this.failureCount + this.skipped.length;
  }

  /** How many entries have succeeded. */
  get successCount(): number {
    return this.#summary?.successCount ?? this.successes.length;
  }

  /** Number of entries that were started and failed. */
  get failureCount(): number {
    return this.failedKeys.length;
  }

  /** Keys of the entries that were started and failed: in entry order, or if not collected, in that of completion. */
  get failedKeys(): readonly PoolKey[] {
    return this.#summary?.failedKeys ?? this.#failures().map(([key]) => key);
  }

  /** The results of those that have succeeded, in entry order. */
  get successes(): readonly ProcessResult[] {
    return this.collect().filter((result) => result.successful());
  }

  /** The results of those that have failed, in entry order; skipped ones have none. */
  get failures(): readonly ProcessResult[] {
    return this.collect().filter((result) => result.failed());
  }

  /** Whether every entry was run, and succeeded. A pool without entries is successful. */
  successful(): boolean {
    return this.#complete && this.failureCount === 0;
  }

  /** Whether an entry failed, was skipped, or was never read from the iterable. */
  failed(): boolean {
    return !this.successful();
  }

  /** The results as an array, in entry order. */
  collect(): ProcessResult[] {
    return [...this];
  }

  /**
   * Returns itself when all succeeded.
   *
   * @throws {@link PoolFailedError} with all results
   */
  throwIfAnyFailed(): this {
    if (this.failed()) throw new PoolFailedError(this);
    return this;
  }

  /** The first failures, each in a few lines: command, how it ended, and the end of its stderr; without secrets. */
  describedFailures(): readonly string[] {
    if (this.#summary !== undefined) return this.#summary.described;
    return this.#failures()
      .slice(0, DESCRIBED)
      .map(([key, result]) => describeFailure(key, result));
  }

  /**
   * The numbers, and of the first entries how they ended (where they are not collected, which failed); without secrets,
   * and without output.
   */
  [inspect.custom](): unknown {
    const { total, successCount, failureCount, reason, durationMs } = this;
    const skipped = this.skipped.slice(0, SHOWN);
    const numbers = { total, successCount, failureCount, reason, durationMs, skipped };
    if (!this.collected) return { ...numbers, failedKeys: this.failedKeys.slice(0, SHOWN) };
    const shown = [...this.#byKey].slice(0, SHOWN).map(([key, result]) => {
      const { command, exitCode, signal, error } = result.toJSON();
      return [key, { command, exitCode, signal, error: error?.code ?? null }] as const;
    });
    return { ...numbers, entries: new Map(shown) };
  }

  /** The results as plain data without secrets; `entries` is empty where they were not collected. */
  toJSON(): PoolResultsJson {
    return {
      total: this.total,
      successCount: this.successCount,
      failureCount: this.failureCount,
      failedKeys: this.failedKeys,
      skipped: this.skipped,
      reason: this.reason,
      durationMs: this.durationMs,
      entries: [...this.#byKey].map(([key, result]) => ({ key, result: result.toJSON() })),
    };
  }

  get #results(): ReadonlyMap<PoolKey, ProcessResult> {
    if (this.collected) return this.#byKey;
    throw new PoolStateError(
      'The pool was told to collect no results (collect: false). Read them as they come, by pool.results().',
    );
  }

  #failures(): (readonly [PoolKey, ProcessResult])[] {
    return [...this.#byKey].filter(([, result]) => result.failed());
  }
}
