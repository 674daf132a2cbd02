import type { Clock } from '../contracts/clock.js';
import type { Duration } from '../contracts/duration.js';
import type { Launched } from '../contracts/launchable.js';
import type { NextMiddleware } from '../contracts/middleware.js';
import type { ProcessResult } from '../contracts/process-result.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import type { RunningProcess } from '../contracts/running-process.js';
import { ProcError } from '../errors/proc-error.js';
import { MiddlewareError } from '../errors/middleware-error.js';
import type { RunIdentity } from '../events/process-event.js';
import { secretsOf, withSecrets } from '../redaction/spec-secrets.js';
import { failedStartResult } from '../result/failed-start-result.js';
import type { ManagedProcess } from './managed-process.js';
import type { ProcessEngine } from './process-engine.js';
import { replaceEnding } from '../result/replace-ending.js';
import { RetryPolicy } from './retry-policy.js';
import type { Run } from './run.js';
import { cancelled, startProcess } from './start-process.js';
import { StopOrder } from './stop-order.js';
import { GAVE_UP, patiently } from './patience.js';
import { stopRequest } from '../termination/stop-request.js';
import type { TerminationRequest } from '../termination/termination.js';
import { thrownText } from '../diagnostics/cause-text.js';
import { unpreparedError } from '../diagnostics/start-error.js';
import { failureMessage } from '../diagnostics/failure-message.js';
import { uniqueId } from './unique-id.js';

/** One run with all its attempts, each wrapped in the middleware. */
export class Execution implements Launched {
  readonly outcome: Promise<ProcessResult>;
  readonly #engine: ProcessEngine;
  readonly #run: Run;
  readonly #retry: RetryPolicy;
  readonly #runId = uniqueId();
  readonly #stopped = new StopOrder();
  #started: Promise<RunningProcess> | undefined;
  #first: RunningProcess | undefined;
  #tellStarted: (process: RunningProcess) => void = () => undefined;
  /** Of the current attempt: more than one where a middleware calls `next` more than once. */
  readonly #processes = new Set<ManagedProcess>();
  /** Of any attempt: a middleware may have answered without waiting for what it has started. */
  readonly #live = new Set<ManagedProcess>();
  /** What has been asked of the run to end it, also for processes that are yet to be started. */
  readonly #requests: TerminationRequest[] = [];
  #ended = false;
  /** Of the current attempt, before any middleware has had its way with it. */
  #attemptResult: ProcessResult | undefined;

  constructor(engine: ProcessEngine, run: Run) {
    this.#engine = engine;
    this.#run = run;
    this.#retry = new RetryPolicy(engine.events, run, this.#stopped);
    this.outcome = this.#attempts();
    engine.track(this);
  }

  /** The first attempt's process; rejects when there will be none. Only who asks for it is told of that. */
  get started(): Promise<RunningProcess> {
    return (this.#started ??= new Promise((resolve, reject) => {
      // Not a function of its own: V8 puts those that become properties where only a full collection ends them, and
      // all that they reach.
      this.#tellStarted = resolve;
      if (this.#first !== undefined) resolve(this.#first);
      // An error for what has been started would cost each run a stack, and a search for its secrets.
      this.outcome
        .then((result) => this.#first ?? this.#neverStarted(result))
        .then(resolve, reject);
    }));
  }

  get detached(): boolean {
    return this.#run.spec.detached;
  }

  get pid(): number | undefined {
    return [...this.#processes].at(-1)?.pid;
  }

  running(): boolean {
    return !this.#ended;
  }

  signal(signal: NodeJS.Signals | number): boolean {
    return [...this.#processes].map((process) => process.kill(signal)).includes(true);
  }

  stop(grace?: Duration, signal?: NodeJS.Signals | number): Promise<ProcessResult> {
    this.#end(stopRequest(grace, signal), new Error('it was stopped'));
    return this.outcome;
  }

  /** Ends it for a reason of the manager's, whatever it is doing, and makes no further attempt. */
  cancel(cause: Error): void {
    this.#end({ reason: 'cancelled', cause }, cause);
  }

  #end(request: TerminationRequest, why: Error): void {
    this.#requests.push(request);
    this.#stopped.give(why);
    for (const process of this.#live) process.terminate(request);
  }

  async #attempts(): Promise<ProcessResult> {
    const { key, previousAttempts } = this.#run.attachments;
    for (let own = 1; ; own++) {
      const identity = { runId: this.#runId, key, attempt: previousAttempts + own };
      const result = await this.#attempt(identity);
      const isOver = this.#retry.isOver(result, identity);
      const next = isOver ? result : await this.#retry.after(result, identity, this.#clock);
      if (next === 'again') continue;
      this.#ended = true;
      return next;
    }
  }

  /** What the current attempt goes by. */
  get #clock(): Clock {
    return [...this.#processes].at(-1)?.clock ?? this.#engine.clock;
  }

  async #attempt(identity: RunIdentity): Promise<ProcessResult> {
    const innermost: NextMiddleware = (spec) => this.#startAndSettle(spec, identity);
    const chain = this.#engine.middleware.reduceRight<NextMiddleware>(
      (next, middleware) => async (spec) => middleware(spec, next),
      innermost,
    );
    this.#attemptResult = undefined;
    this.#processes.clear();
    try {
      const answer = await this.#answerOf(chain);
      return answer === GAVE_UP ? this.#afterPatience(identity) : requireResult(answer);
    } catch (cause) {
      const error = ProcError.is(cause) ? cause : this.#middlewareError(cause);
      return this.#afterFailure(error, identity);
    }
  }

  /** Middleware that comes to no end holds up nobody who wants the run to: then it has a process's time of grace. */
  #answerOf(chain: NextMiddleware): Promise<ProcessResult | typeof GAVE_UP> {
    const { spec } = this.#run;
    const { clock, middleware } = this.#engine;
    const answer = chain(spec);
    if (middleware.length === 0) return answer;
    const untilIdle = (): Promise<unknown> =>
      Promise.all([...this.#live].map(({ settled }) => settled));
    return patiently(answer, { signals: this.#signals, graceMs: spec.graceMs, clock, untilIdle });
  }

  #afterPatience(identity: RunIdentity): ProcessResult {
    if (this.#attemptResult !== undefined) return this.#attemptResult;
    const { spec } = this.#run;
    const reason: unknown = this.#signals.find((signal) => signal.aborted)?.reason;
    const error = cancelled(spec, reason, 'while a middleware was at work');
    return this.#failedToStart(spec, error, identity);
  }

  get #signals(): readonly AbortSignal[] {
    return [...this.#run.attachments.signals, this.#stopped.signal];
  }

  /** A middleware failed: before the process, instead of it, or after it, when there is a result to keep. */
  #afterFailure(error: ProcError, identity: RunIdentity): ProcessResult {
    const { spec } = this.#run;
    const result = this.#attemptResult;
    if (result === undefined) {
      return this.#failedToStart(spec, error, identity);
    }
    return replaceEnding(result, spec, error, result.reason);
  }

  #middlewareError(cause: unknown): MiddlewareError {
    const { spec } = this.#run;
    const what = `came to grief in a middleware: ${thrownText(cause)}`;
    return new MiddlewareError(failureMessage({ what, spec }), spec, { cause });
  }

  /** Every ending is a result, so that middleware needs no second path for errors. */
  async #startAndSettle(given: ProcessSpec, identity: RunIdentity): Promise<ProcessResult> {
    // A middleware may have made another specification; the secrets are those of the run.
    const spec = withSecrets(given, secretsOf(this.#run.spec));
    let process: ManagedProcess;
    try {
      const run = { spec, attachments: this.#run.attachments };
      process = await startProcess(this.#engine, run, identity, this.#stopped);
    } catch (error) {
      return this.#failedToStart(spec, unpreparedError(spec, error), identity);
    }
    this.#processes.add(process);
    this.#live.add(process);
    process.settleWith(this);
    this.#first ??= process;
    this.#tellStarted(process);
    for (const request of this.#requests) process.terminate(request);
    this.#attemptResult = await process.settled;
    this.#live.delete(process);
    return this.#attemptResult;
  }

  #failedToStart(spec: ProcessSpec, error: ProcError, identity: RunIdentity): ProcessResult {
    const { callSite } = this.#run.attachments;
    return failedStartResult(spec, error, identity, this.#engine, callSite);
  }

  #neverStarted(result: ProcessResult): never {
    if (result.error !== null) throw result.error;
    const { spec } = this.#run;
    const what = 'was not started, because a middleware answered in its place.';
    throw new MiddlewareError(failureMessage({ what, spec }), spec);
  }
}

function requireResult(value: unknown): ProcessResult {
  // What has no more than some of its parts would fail where nobody could tell whose it is.
  const { successful, throw: rethrow, error } = (value ?? {}) as Partial<ProcessResult>;
  if (typeof successful === 'function' && typeof rethrow === 'function' && error !== undefined) {
    return value as ProcessResult;
  }
  throw new TypeError(
    'it returned no result; a middleware returns that of next(spec), or one of its own',
  );
}
