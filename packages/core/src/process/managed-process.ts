import { inspect } from 'node:util';
import { commandLine } from '../command/quote.js';
import type { Clock } from '../contracts/clock.js';
import type { Duration } from '../contracts/duration.js';
import { debug } from '../diagnostics/debug-log.js';
import { endingText } from '../diagnostics/ending-text.js';
import type { EventDispatcher } from '../contracts/event-dispatcher.js';
import type { OutputCallback } from '../contracts/output-callback.js';
import type { Launched } from '../contracts/launchable.js';
import type { ProcessHandle } from '../contracts/process-handle.js';
import type { ProcessResult } from '../contracts/process-result.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import type { OutputTest, ProcessSnapshot, RunningProcess } from '../contracts/running-process.js';
import type { ProcessStatus } from '../contracts/termination-reason.js';
import { ProcessNotRunningError } from '../errors/process-not-running-error.js';
import type { RunIdentity } from '../events/process-event.js';
import { normalizeSignal } from '../termination/signals.js';
import type { Leftovers } from '../termination/leftovers.js';
import { stopRequest } from '../termination/stop-request.js';
import type { TerminationRequest } from '../termination/termination.js';
import { secretsOf } from '../redaction/spec-secrets.js';
import { buildResult, type ResultOrigin } from '../result/build-result.js';
import { STILL_RUNNING } from '../result/ending.js';
import { failureMessage } from '../diagnostics/failure-message.js';
import { holdLoop } from './hold-loop.js';
import { LifecycleEvents } from './lifecycle-events.js';
import type { PreparedRun } from './prepare-run.js';
import { ProcessStreams } from './process-streams.js';
import { rejectErrors } from '../result/reject-errors.js';
import { RUNNING_PROCESS } from './running-process-brand.js';
import { Supervision, type StartMoment } from './supervision.js';

/** What a managed process is made of. */
export interface ManagedProcessParts {
  readonly id: string;
  readonly run: PreparedRun;
  readonly handle: ProcessHandle;
  readonly driver: string;
  readonly identity: RunIdentity;
  readonly events: EventDispatcher;
  readonly leftovers: Leftovers;
  readonly moment: StartMoment;
}

/** The running process that a manager gives out. */
export class ManagedProcess extends ProcessStreams implements RunningProcess {
  readonly [RUNNING_PROCESS] = true;
  readonly id: string;
  readonly driver: string;
  readonly startedAt: number;
  /** The attempt's own result, before any middleware; never rejects. */
  readonly settled: Promise<ProcessResult>;
  readonly #spec: ProcessSpec;
  readonly #origin: ResultOrigin;
  #run: Pick<Launched, 'outcome' | 'stop'>;
  #result: ProcessResult | undefined;

  constructor(parts: ManagedProcessParts) {
    const { run, handle, identity } = parts;
    const { spec } = run;
    const events = new LifecycleEvents(parts.events, identity, spec, () => this.snapshot());
    const supervision = new Supervision(run, handle, parts.moment, (signal) => {
      debug(parts.id, () => `is sent ${signal}`);
      events.killed(signal);
    });
    super(handle, supervision, spec);
    this.id = parts.id;
    this.driver = parts.driver;
    this.startedAt = parts.moment.startedAt;
    this.#spec = spec;
    this.#origin = {
      spec,
      pid: handle.pid,
      startedAt: parts.moment.startedAt,
      attempt: identity.attempt,
      callSite: run.attachments.callSite,
    };
    const { capture } = supervision;
    events.started(capture);
    this.settled = supervision.begin().then((ending) => {
      supervision.leaveBehind(parts.leftovers);
      const result = buildResult(this.#origin, capture, ending, parts.moment.clock.date());
      this.#result = result;
      debug(parts.id, () => endingText(result));
      events.ended(result);
      return result;
    });
    this.#run = {
      outcome: this.settled,
      stop: (grace, signal) => {
        this.terminate(stopRequest(grace, signal));
        return this.settled;
      },
    };
  }

  get pid(): number | undefined {
    return this.handle.pid;
  }

  /** Whether it outlives its manager. */
  get detached(): boolean {
    return this.#spec.detached;
  }

  /** What it goes by: a time that a test has made up only where it is a fake. */
  get clock(): Clock {
    return this.supervision.scope.clock;
  }

  /** No process of this system stands behind it. */
  get virtual(): boolean {
    return this.handle.virtual === true;
  }

  /** A text without the secrets of this run. */
  redact(text: string): string {
    return secretsOf(this.#spec).redact(text);
  }

  get command(): string {
    return commandLine(this.#spec.command);
  }

  /** Its outcome is what the callers of `wait` get in place of the attempt's own result, and to stop is to stop it. */
  settleWith(run: Pick<Launched, 'outcome' | 'stop'>): void {
    this.#run = run;
  }

  running(): boolean {
    this.handle.polled?.('status');
    return !this.supervision.exited;
  }

  status(): ProcessStatus {
    if (!this.supervision.exited) return 'running';
    const { reason } = this.supervision.termination;
    return reason === null || reason === 'failedToStart' ? 'exited' : reason;
  }

  wait(onOutput?: OutputCallback): Promise<ProcessResult> {
    this.handle.polled?.('end');
    const ended = this.#run.outcome.then(rejectErrors);
    const outcome = this.#spec.detached ? holdLoop(ended) : ended;
    if (onOutput === undefined) return outcome;
    const heard = this.supervision.hear(onOutput, this.expectations.shown);
    if (heard === undefined) return outcome;
    return outcome.then((result) =>
      heard.then(
        () => result,
        (cause: unknown) => this.#unheard(result, cause),
      ),
    );
  }

  async waitUntil(test?: OutputTest, timeout?: Duration): Promise<ProcessResult> {
    if (!(await this.expectations.until(test ?? (() => false), timeout))) return this.wait();
    const { capture, durationMs } = this.supervision;
    const ending = { ...STILL_RUNNING, durationMs };
    return this.#result ?? buildResult(this.#origin, capture, ending, null);
  }

  get exitCode(): Promise<number | null> {
    return this.#run.outcome.then((result) => result.exitCode);
  }

  signal(signal: NodeJS.Signals | number): this {
    const name = normalizeSignal(signal);
    if (!this.#send(name)) {
      const what = `can not be sent ${name}: it has ended.`;
      throw new ProcessNotRunningError(failureMessage({ what, spec: this.#spec }), this.#spec);
    }
    return this;
  }

  kill(signal: NodeJS.Signals | number = 'SIGTERM'): boolean {
    if (signal === 0) return !this.supervision.exited;
    return this.#send(normalizeSignal(signal));
  }

  stop(grace?: Duration, signal?: NodeJS.Signals | number): Promise<ProcessResult> {
    return this.#run.stop(grace, signal);
  }

  /** Ends the process for a reason of the manager's. */
  terminate(request: TerminationRequest): void {
    this.supervision.termination.request(request);
  }

  ensureNotTimedOut(): void {
    if (this.#result?.timedOut === true && this.#result.error !== null) throw this.#result.error;
  }

  snapshot(): ProcessSnapshot {
    return {
      id: this.id,
      pid: this.pid,
      command: this.command,
      driver: this.driver,
      status: this.status(),
      exitCode: this.#result?.exitCode ?? null,
      signal: this.#result?.signal ?? null,
      startedAt: this.startedAt,
      durationMs: this.#result?.durationMs ?? this.supervision.durationMs,
      tag: this.#spec.tag,
      meta: this.#spec.meta,
    };
  }

  toJSON(): ProcessSnapshot {
    return this.snapshot();
  }

  [inspect.custom](): unknown {
    return { ...this.snapshot() };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  /** A callback that hears the output after the end has failed: too late to end the process, not to be told. */
  #unheard(result: ProcessResult, cause: unknown): ProcessResult {
    const { exitCode, signal, outputHeldOpen, durationMs, endedAt } = result;
    const reason = 'callbackFailed';
    const ending = { exitCode, signal, outputHeldOpen, durationMs, reason, cause } as const;
    return rejectErrors(buildResult(this.#origin, this.supervision.capture, ending, endedAt));
  }

  #send(signal: NodeJS.Signals): boolean {
    return !this.supervision.exited && this.supervision.termination.send(signal);
  }
}
