import { Readable } from 'node:stream';
import {
  InvalidArgumentError,
  type Clock,
  type Duration,
  type Launched,
  type LaunchContext,
  type ProcessResult,
  type ProcessSpec,
} from '@proc/core';
import {
  describedLine,
  secretsOf,
  allowManyListeners,
  normalizeSignal,
  parseDuration,
  redactCause,
  systemClock,
} from '@proc/core/internal';
import { PipelineStageError } from '../errors/pipeline-stage-error.js';
import type { BranchResults } from '../results/branched-result.js';
import type { BodyContext, StageBody } from './stage-body.js';
import {
  COMPLETED,
  failedEnding,
  READER_GONE,
  signalEnding,
  type StageEnding,
} from './stage-ending.js';
import { FATAL_SIGNALS } from './fatal-signals.js';
import { LastWork } from './last-work.js';
import { RunContext } from './run-context.js';
import { stageFailure, type StageFailureReason } from './stage-failure.js';
import { StageOutput } from './stage-output.js';
import { StageParts } from './stage-parts.js';
import { stageResult } from './stage-result.js';

/**
 * One run of an in-process stage. The first reason to end wins. A function that has taken the signal is then waited
 * for, see {@link LastWork}; any other is left behind.
 */
export class StageRun implements Launched {
  readonly outcome: Promise<ProcessResult>;
  readonly #name: string;
  readonly #context: LaunchContext;
  readonly #branches: BranchResults | undefined;
  readonly #parts = new StageParts();
  readonly #spec: ProcessSpec;
  readonly #scope = new AbortController();
  readonly #source: Readable;
  readonly #output: StageOutput;
  readonly #clock: Clock;
  readonly #lastWork: LastWork;
  readonly #startedAt: Date;
  readonly #startTime: number;
  #settle!: (ending: StageEnding) => void;
  #ending: StageEnding | undefined;

  /** @param branches - those that the body makes, for the result */
  constructor(
    name: string,
    line: string,
    body: StageBody,
    context: LaunchContext,
    branches?: BranchResults,
  ) {
    this.#name = name;
    this.#context = context;
    this.#branches = branches;
    this.#clock = context.clock ?? systemClock;
    this.#lastWork = new LastWork(this.#clock);
    this.#startedAt = this.#clock.date();
    this.#startTime = this.#clock.now();
    this.#spec = describedLine(line);
    if (context.secrets !== undefined) secretsOf(this.#spec).include(context.secrets);
    const { stdin, stdout } = context.stdio ?? {};
    this.#source = stdin === undefined || !('on' in stdin) ? Readable.from([]) : stdin;
    this.#output = new StageOutput({
      target: stdout === undefined || !('on' in stdout) ? undefined : stdout,
      onOutput: context.onOutput,
      key: context.key,
      onClosed: () => {
        this.#end(READER_GONE);
      },
      onCallbackError: this.#fail('callbackFailed'),
    });
    this.outcome = new Promise<StageEnding>((resolve) => {
      this.#settle = resolve;
    }).then((ending) => this.#result(ending));
    const failInput = this.#fail('inputFailed');
    if (this.#source.errored) failInput(this.#source.errored);
    this.#source.on('error', failInput);
    this.#watch(context.signal);
    if (this.#ending === undefined) void this.#work(body);
  }

  get pid(): number | undefined {
    return this.#parts.pid;
  }

  running(): boolean {
    return this.#ending === undefined;
  }

  signal(signal: NodeJS.Signals | number): boolean {
    if (!this.running() || signal === 0) return this.running();
    const name = normalizeSignal(signal);
    if (!this.#parts.empty) return this.#parts.signal(name);
    if (!FATAL_SIGNALS.has(name)) return false;
    this.#end(signalEnding(name));
    return true;
  }

  stop(grace?: Duration, signal?: NodeJS.Signals | number): Promise<ProcessResult> {
    if (grace !== undefined) parseDuration(grace, 'grace');
    this.#end(signalEnding(normalizeSignal(signal ?? 'SIGTERM')), grace, signal);
    return this.outcome;
  }

  async #work(body: StageBody): Promise<void> {
    let iterator: ReturnType<StageBody> | undefined;
    // A generator that waits for something else can not be told; then this is what it will find next.
    const leave = (): void => {
      if (iterator !== undefined) this.#lastWork.goesOn(iterator.return(undefined));
    };
    this.#scope.signal.addEventListener('abort', leave, { once: true });
    try {
      iterator = body(
        this.#source,
        new RunContext(this.#lastWork, this.#scope.signal, this.#launch),
      );
      for (;;) {
        const next = await iterator.next();
        if (!this.running()) return;
        if (next.done === true) {
          await this.#output.end();
          this.#end(next.value ?? COMPLETED);
          return;
        }
        await this.#output.write(next.value);
      }
    } catch (error) {
      const cause = redactCause(error, secretsOf(this.#spec));
      const failure = InvalidArgumentError.is(cause)
        ? cause
        : new PipelineStageError(this.#name, this.#spec, cause);
      this.#end(failedEnding('callbackFailed', failure));
    }
  }

  readonly #launch: BodyContext['launch'] = (part, { key, stdio }) => {
    const { onOutput, callSite, secrets } = this.#context;
    const launched = part.launch({
      key: key ?? this.#context.key,
      // What it prints on stdout is seen when the stage hands it on.
      onOutput:
        onOutput && ((type, chunk, of) => (type === 'err' ? onOutput(type, chunk, of) : undefined)),
      callSite,
      clock: this.#clock,
      secrets,
      stdio,
    } as LaunchContext);
    this.#parts.add(launched);
    return launched;
  };

  #watch(signal: AbortSignal | undefined): void {
    if (signal === undefined) return;
    const cancel = (): void => {
      this.#fail('cancelled')(signal.reason);
    };
    if (signal.aborted) {
      cancel();
      return;
    }
    allowManyListeners(signal);
    signal.addEventListener('abort', cancel, { once: true, signal: this.#scope.signal });
  }

  #fail(reason: StageFailureReason): (cause: unknown) => void {
    const stage = { name: this.#name, spec: this.#spec };
    return (cause) => {
      this.#end(stageFailure(stage, reason, cause));
    };
  }

  #end(ending: StageEnding, grace?: Duration, signal?: NodeJS.Signals | number): void {
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    this.#scope.abort();
    // Before its end, closing the source tells the stage before that nobody reads any more.
    if (this.#source === process.stdin) this.#source.pause();
    else this.#source.on('error', () => undefined).destroy();
    void this.#output.end();
    void Promise.all([this.#parts.stop(grace, signal), this.#lastWork.done()]).then(() => {
      this.#settle(ending);
    });
  }

  #result(ending: StageEnding): ProcessResult {
    return stageResult({
      spec: this.#spec,
      ending,
      stdout: this.#output.kept,
      startedAt: this.#startedAt,
      endedAt: this.#clock.date(),
      durationMs: this.#clock.now() - this.#startTime,
      branches: this.#branches,
    });
  }
}
