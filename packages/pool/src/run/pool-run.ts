import type { Duration, PoolProgressSnapshot, ProcessResult } from '@proc/core';
import { uniqueId } from '@proc/core/internal';
import type { PoolEntry } from '../entries/pool-entry-list.js';
import { PoolStateError } from '../errors/pool-state-error.js';
import { PoolTimedOutError } from '../errors/pool-timed-out-error.js';
import { GuardedOutput } from '../output/guarded-output.js';
import type { CompletionLog } from '../results/completion-log.js';
import type { PoolResults } from '../results/pool-results.js';
import { Deferred } from '../scheduler/deferred.js';
import type { Job } from '../scheduler/job.js';
import { Scheduler } from '../scheduler/scheduler.js';
import { Announcer } from './announcer.js';
import { EarlyEnd } from './early-end.js';
import { Ending } from './ending.js';
import { EntryEndings } from './entry-endings.js';
import { EntryIntake } from './entry-intake.js';
import { JobLauncher } from './job-launcher.js';
import { LazyJobs } from './lazy-jobs.js';
import { LastCalls } from './last-calls.js';
import { Ledger } from './ledger.js';
import type { PoolRunParts } from './pool-run-parts.js';
import { Retries } from './retries.js';
import { RunningJobs } from './running-jobs.js';
import { RunJournal } from './run-journal.js';
import { RunScope } from './run-scope.js';
import { Tally } from './tally.js';

/** One run of a pool, from its first entry to its results. */
export class PoolRun {
  readonly scheduler: Scheduler;
  readonly running: RunningJobs;
  readonly #parts: PoolRunParts;
  readonly #tally = new Tally();
  readonly #intake = new EntryIntake(this.#tally, {
    resume: (job) => this.#endings.resume(job),
    release: (job) => this.scheduler.push(job),
    skip: (job, why) => this.#endings.skip(job, why),
  });
  readonly #ledger: Ledger;
  readonly #ending = new Ending();
  readonly #done = new Deferred<PoolResults>();
  /** Settles when everything has ended; rejects with a {@link PoolInterruptedError} only. */
  readonly results = this.#done.promise;
  readonly #output: GuardedOutput;
  readonly #journal: RunJournal;
  readonly #retries: Retries;
  readonly #endings: EntryEndings;
  readonly #lastCalls: LastCalls;
  readonly #scope: RunScope;
  readonly #announcer: Announcer;
  readonly #early: EarlyEnd;
  #finished = false;
  #over = false;

  constructor(parts: PoolRunParts) {
    const { entries, options, manager, events } = parts;
    this.#retries = new Retries(options.retry, options.clock);
    this.#lastCalls = new LastCalls(options.clock);
    this.#parts = parts;
    this.#output = new GuardedOutput(parts.output, (error) =>
      this.#early.interrupt('output', error),
    );
    this.#ledger = new Ledger({
      tally: this.#tally,
      output: this.#output,
      collect: options.collect,
      onCaughtUp: () => this.#finishIfDone(),
    });
    this.#journal = new RunJournal(parts.journal, (error) =>
      this.#early.interrupt('journal', error),
    );
    this.#scope = new RunScope({
      ...options,
      onTimeout: (limitMs) => this.#early.cancel('timedOut', new PoolTimedOutError(limitMs)),
      onAbort: (reason) => this.#early.cancel('cancelled', reason),
    });
    const launcher = new JobLauncher(this.#output, this.#journal, this.#scope);
    this.#announcer = new Announcer({
      ...options,
      poolId: uniqueId(),
      events,
      onError: (error) => this.#early.interrupt('progress', error),
      snapshot: () => this.progress(),
    });
    this.#endings = new EntryEndings({
      retries: this.#retries,
      journal: this.#journal,
      tally: this.#tally,
      output: this.#output,
      lastCalls: this.#lastCalls,
      ledger: this.#ledger,
      announcer: this.#announcer,
      intake: this.#intake,
      relaunch: (job) => this.scheduler.push(job),
      onError: (error) => this.#early.interrupt('retry', error),
      poolEnds: () => this.#ending.reason !== null,
      onCounted: () => this.#early.haltIfDue(),
    });
    this.scheduler = new Scheduler(
      {
        launch: (job) => this.running.admit(launcher.launch(job)),
        began: (job) => this.#announcer.changed(job.key),
        ended: (job, result) => this.#endings.ended(job, result),
        returned: (job) => this.#announcer.changed(job.key),
        broke: (job, error) => this.#broke(job, error),
        sourceFailed: (error) => this.#early.interrupt('source', error),
        idle: () => this.#finishIfDone(),
      },
      {
        ...options,
        clock: () => options.clock,
        source: LazyJobs.of(entries, { manager, intake: this.#intake, log: this.log }),
      },
    );
    this.running = new RunningJobs(this.scheduler.running, (error) =>
      this.#early.interrupt('entry', error),
    );
    this.#early = new EarlyEnd({
      ending: this.#ending,
      halt: options.halt,
      tally: this.#tally,
      scheduler: this.scheduler,
      intake: this.#intake,
      retries: this.#retries,
      endings: this.#endings,
      ledger: this.#ledger,
      running: this.running,
      scope: this.#scope,
      lastCalls: this.#lastCalls,
      source: entries.source,
    });
    try {
      this.#intake.takeIn(entries);
    } catch (error) {
      this.#journal.close({ cutShort: true });
      throw error;
    }
    // Whoever ignores the results of a run must not be told of their rejection.
    this.#done.promise.catch(() => undefined);
  }

  get log(): CompletionLog {
    return this.#ledger.log;
  }

  /** Whether the results have been settled. */
  get over(): boolean {
    return this.#over;
  }

  /** Entries that are known so far. */
  get count(): number {
    return this.#tally.known;
  }

  /** Launches what there are places for. To be called once. */
  begin(paused: boolean): void {
    this.#tally.begin(this.#parts.options.clock);
    this.#announcer.started();
    // A display that throws at its start may have ended the run: what begins now nobody would free.
    if (!this.#finished) this.#scope.enter();
    if (!paused) this.scheduler.resume();
  }

  /** @throws {@link PoolStateError} when nothing more is started */
  add(entry: PoolEntry): Promise<ProcessResult> {
    if (this.#finished || this.#ending.reason !== null) {
      throw new PoolStateError('The pool has ended: it takes no more entries.');
    }
    // What an iterable may still give can be named; what it has not given in the end ends the pool.
    if (!this.scheduler.reading) this.#intake.requireKnown(entry);
    const job = this.#intake.make(entry);
    const result = this.#ledger.promise(job);
    this.#intake.admit(job);
    return result;
  }

  progress(): PoolProgressSnapshot {
    const { queued, waiting, reading, places, busyMs } = this.scheduler;
    return this.#tally.snapshot({
      queued: queued + this.#intake.heldBack,
      running: this.scheduler.running.size + this.#journal.pending + this.#retries.waiting,
      reading,
      waiting,
      places,
      busyMs,
    });
  }

  /** Ends gracefully; resolves when everything has ended. */
  async stop(grace?: Duration): Promise<void> {
    this.#early.because('stopped');
    this.running.stop(grace);
    await this.#done.settled();
  }

  /** As {@link stop}, by SIGKILL, also what is being stopped already. */
  async kill(): Promise<void> {
    const isFirst = this.#early.because('stopped');
    this.running.stop(0, 'SIGKILL');
    // A graceful stop that is under way may not be sped up by a second one.
    if (!isFirst) this.running.signal('SIGKILL');
    await this.#done.settled();
  }

  #broke(job: Job, error: unknown): void {
    this.#ledger.broke(job, error);
    this.#early.interrupt('entry', error);
  }

  #finishIfDone(): void {
    if (this.#finished || !this.scheduler.idle || this.#intake.heldBack > 0) return;
    // Whoever is at work on a result may add an entry because of it.
    if (this.#ending.reason === null && !this.log.caughtUp) return;
    this.#finished = true;
    this.#ending.seal();
    void this.#finish();
  }

  async #finish(): Promise<void> {
    await this.#lastCalls.until(this.#settled());
    this.#scope.leave();
    this.#output.close();
    const results = this.#ledger.results({
      ending: this.#ending,
      cutShort: this.#early.cutShort,
      report: this.#journal.close({ cutShort: this.#early.cutShort }),
    });
    this.#announcer.completed();
    this.#over = true;
    this.#parts.onOver();
    this.#done.settle(results, this.#ending.errorFor(results));
    this.log.close();
  }

  /** Resolves when nobody is at work any more on what there was to be told. */
  async #settled(): Promise<void> {
    await Promise.all([this.#early.left(), this.#output.settled()]);
    await this.#announcer.settled();
  }
}
