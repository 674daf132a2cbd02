import type { EntrySource } from '../entries/entry-source.js';
import type { PoolStopReason } from '../contracts/pool-stop-reason.js';
import { EntrySkippedError } from '../errors/entry-skipped-error.js';
import type { InterruptionOrigin } from '../errors/pool-interrupted-error.js';
import type { Scheduler } from '../scheduler/scheduler.js';
import type { Ending } from './ending.js';
import type { EntryEndings } from './entry-endings.js';
import type { EntryIntake } from './entry-intake.js';
import type { HaltPolicy } from './halt-policy.js';
import type { LastCalls } from './last-calls.js';
import type { Ledger } from './ledger.js';
import type { Retries } from './retries.js';
import type { RunScope } from './run-scope.js';
import type { RunningJobs } from './running-jobs.js';
import type { Tally } from './tally.js';

/** Who has to know that a run ends early. */
export interface EarlyEndParts {
  readonly ending: Ending;
  readonly halt: HaltPolicy | null;
  readonly tally: Tally;
  readonly scheduler: Scheduler;
  readonly intake: EntryIntake;
  readonly retries: Retries;
  readonly endings: EntryEndings;
  readonly ledger: Ledger;
  readonly running: RunningJobs;
  readonly scope: RunScope;
  readonly lastCalls: LastCalls;
  /** Where entries come from that nobody has seen, if that is so. */
  readonly source: EntrySource | null;
}

/**
 * Ends a run ahead of its end: nothing more is started, what waits is skipped, and what runs is stopped where that is
 * due.
 */
export class EarlyEnd {
  readonly #parts: EarlyEndParts;
  #cutShort = false;
  #left: Promise<unknown> | undefined;

  constructor(parts: EarlyEndParts) {
    this.#parts = parts;
  }

  /** Whether there were entries that nobody has seen. */
  get cutShort(): boolean {
    return this.#cutShort;
  }

  /** Resolves when an iterable that was left has cleaned up, and what waited for another attempt is concluded. */
  async left(): Promise<void> {
    await this.#left;
  }

  /** Starts nothing more. Returns whether this reason is the one that counts. */
  because(reason: PoolStopReason, cause?: unknown): boolean {
    const { ending, scheduler, retries, intake, ledger, endings, source } = this.#parts;
    // A halt is a way to come to the end. Whoever stops a pool wants it to be over, also when it is ending already.
    if (reason !== 'halted') this.#parts.lastCalls.hurry();
    if (!ending.because(reason, cause)) return false;
    this.#cutShort = scheduler.reading;
    retries.end();
    const waiting = [...scheduler.clear(), ...intake.clear()];
    const skipped = waiting.filter(({ failure }) => failure === undefined);
    ledger.skip(skipped, ({ key }) => new EntrySkippedError(key, reason, cause));
    this.#left = Promise.all([
      endings.concludeWaiting(waiting),
      source?.close().catch((error: unknown) => this.interrupt('source', error)),
    ]);
    scheduler.resume();
    return true;
  }

  /** Something that the pool was given has failed: stops what runs. */
  interrupt(origin: InterruptionOrigin, error: unknown): void {
    this.#parts.ending.interruptedBy(origin, error);
    if (this.because('interrupted', error)) this.#parts.running.stop();
  }

  cancel(reason: PoolStopReason, cause: unknown): void {
    this.because(reason, cause);
    // Also when it was ending already: an abort is stronger than waiting for what runs.
    this.#parts.scope.cancel(cause);
  }

  /** To be called after each entry that has been counted. */
  haltIfDue(): void {
    const { halt, tally, scheduler, running } = this.#parts;
    const { failed, ended, known } = tally;
    const total = scheduler.reading ? null : known;
    if (halt?.isDue({ failed, ended, total }) !== true) return;
    if (this.because('halted') && halt.when === 'now') running.stop();
  }
}
