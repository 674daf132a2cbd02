import type { Clock, Duration, PoolProgressSnapshot, RetryOptions } from '@proc/core';
import type { Concurrency } from './concurrency.js';
import type { GateOptions } from './gate-options.js';
import type { HaltOptions } from './halt-options.js';
import type { JournalOptions, ResumePolicy } from './journal-options.js';
import type { PoolKey } from './pool-key.js';

/**
 * In which order the output callback hears of the entries.
 *
 * - `stream`: whole lines as they come, so that those of two entries never mix; a carriage return ends a line too. The
 *   rest of a last line without an end comes at the end of the entry, and a line of more than 256 Ki characters in
 *   parts. A throw ends the entry that printed, whose result has it as the cause of its `error`
 * - `raw`: chunks as they come, whole lines or not; a throw does the same
 * - `grouped`: an entry's output in one go, at its end; what is longer than about a million characters comes in several
 *   calls, cut at the ends of lines. Until then it waits: in memory up to 8 Mi characters for the whole pool, beyond
 *   that in temporary files without a name
 * - `ordered`: as `grouped`, and the entries in their order
 *
 * In the last two, and for the rest of a last line, where the entry has ended already, a throw interrupts the pool.
 */
export type OutputOrder = 'stream' | 'raw' | 'grouped' | 'ordered';

/** Called when an entry began or ended. A throw or a rejection interrupts the pool. */
export type PoolProgressCallback = (
  progress: PoolProgressSnapshot,
  key: PoolKey,
) => void | Promise<void>;

/** A progress callback that also wants to know of the end. */
export interface PoolProgressDisplay extends PoolProgressCallback {
  /** Called once, ahead of anything else, with what the time of the pool goes by. A throw interrupts the pool. */
  started?(clock: Clock): void;
  /** Called once, when nothing of the pool is at work any more, however it ended. A throw interrupts the pool. */
  completed(progress: PoolProgressSnapshot): void;
}

/** Options of a pool. Unknown ones are refused. */
export interface PoolOptions extends GateOptions {
  /** Default: `process.pool.concurrency` of the configuration, else `'cpus'`. */
  readonly maxProcesses?: Concurrency | undefined;
  /** Alias of `maxProcesses`. */
  readonly concurrency?: Concurrency | undefined;
  /** Stop everything at the first failure: `halt: { when: 'now', fail: 1 }`. Default: every entry is run. */
  readonly failFast?: boolean | undefined;
  /**
   * Ends the pool before its end, when so many entries have failed, succeeded or ended. Default: every entry is run.
   */
  readonly halt?: HaltOptions | undefined;
  /**
   * Launches an entry that has failed again, after what its own retries have tried: up to so many times, or by a rule
   * with a `delay`, a `factor` and `when`. It waits in its turn; during the delay it keeps its place. What can't be
   * launched twice, because its input can be read only once, is not. Default: no retries.
   */
  readonly retry?: number | RetryOptions | undefined;
  /**
   * For the whole pool; at its end, what runs is cancelled and the rest is skipped. Default: none, as `0` and `null`.
   */
  readonly timeout?: Duration | null | undefined;
  /** Aborting cancels what runs and skips the rest. */
  readonly signal?: AbortSignal | undefined;
  /** Default: `stream`. */
  readonly order?: OutputOrder | undefined;
  /** `progressBar()` of `@proc/pool/progress` is one. */
  readonly onProgress?: PoolProgressCallback | PoolProgressDisplay | undefined;
  /**
   * `false`: the results keep their numbers and the keys of what failed, and nothing else, so that a pool over any
   * number of entries needs no more memory than what runs. `pool.results()` gives each result as it comes, and the
   * iterable is read on as fast as they are taken. Default: `true`.
   */
  readonly collect?: boolean | undefined;
  /** A file that is appended to, one line of JSON for each beginning and end, so that a crash loses no result. */
  readonly journal?: string | URL | JournalOptions | undefined;
  /** Takes over what the journal has of earlier runs. Default: everything is run. */
  readonly resume?: ResumePolicy | undefined;
  /**
   * A lack of descriptors, processes or memory fails no entry that can be launched again: it waits, and fewer are
   * started at a time. What can't, because its input can be read only once or a stage of it has run, fails. With this,
   * all entries end with their `ResourceExhaustedError` once nothing of the pool could run for so long. Default: never,
   * as `null`; after a minute a warning says that it waits.
   */
  readonly patience?: Duration | null | undefined;
}
