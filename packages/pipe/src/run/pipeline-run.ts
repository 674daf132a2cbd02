import { PassThrough } from 'node:stream';
import {
  InputSourceError,
  PipelineCompleted,
  PipelineStarted,
  ProcError,
  ProcessOutput,
  ProcessStartError,
  type Duration,
  type EventDispatcher,
  type Launched,
  type LaunchContext,
  type OutputCallback,
  type ProcessSpec,
} from '@proc/core';
import {
  CallSite,
  describedLine,
  secretsOf,
  normalizeSignal,
  parseDuration,
  uniqueId,
} from '@proc/core/internal';
import { messageOf } from '../errors/message-of.js';
import type { PipelineResult } from '../results/pipeline-result.js';
import { refuseMerged } from '../stages/stage-entry.js';
import { buildResult } from './build-result.js';
import { includeSecrets, specOf } from './command-entry.js';
import type { LineLog } from './line-log.js';
import { OuterStreams } from './outer-streams.js';
import { OutputRouter } from './output-router.js';
import type { PipelinePlan } from './pipeline-plan.js';
import { refuseRetries } from './refuse-retries.js';
import { RunControl } from './run-control.js';
import { runSequentially, type ModeParts } from './run-sequentially.js';
import { runStreaming } from './run-streaming.js';
import { StageLauncher } from './stage-launcher.js';

/** What the one who runs a pipeline adds to it. */
export interface PipelineRunOptions extends LaunchContext {
  /** See {@link OutputRouter}. */
  readonly stdoutOf: 'all' | 'final';
  /** Gets the final output, for those who iterate over its lines. */
  readonly log?: LineLog | undefined;
  /** Whether an interactive pipeline can be written to. */
  readonly writable?: boolean | undefined;
}

/** One run of a pipeline. */
export class PipelineRun implements Launched<PipelineResult> {
  readonly id = uniqueId();
  readonly spec: ProcessSpec;
  readonly outcome: Promise<PipelineResult>;
  /** Resolves when the stages that start at once run, or could not be started; never rejects. */
  readonly started: Promise<void>;
  /** The standard input of an interactive pipeline. */
  readonly input: PassThrough | undefined;
  readonly #plan: PipelinePlan;
  readonly #options: PipelineRunOptions;
  readonly #events: EventDispatcher | undefined;
  readonly #control: RunControl;
  readonly #router: OutputRouter;
  readonly #launcher: StageLauncher;
  readonly #start: { readonly date: Date; readonly time: number };
  readonly #callSite: CallSite;
  readonly #streams: OuterStreams;
  #ended = false;
  #markStarted!: () => void;

  constructor(
    plan: PipelinePlan,
    options: PipelineRunOptions,
    events: EventDispatcher | undefined,
  ) {
    this.#plan = plan;
    this.#start = { date: plan.clock.date(), time: plan.clock.now() };
    this.#options = options;
    this.#events = events;
    this.spec = describedLine(plan.line, plan.timeoutMs);
    const secrets = secretsOf(this.spec);
    this.#callSite = options.callSite ?? CallSite.capture();
    for (const { entry } of plan.stages) includeSecrets(secrets, entry);
    if (options.secrets !== undefined) secrets.share(options.secrets);
    this.started = new Promise((resolve) => {
      this.#markStarted = resolve;
    });
    if (options.writable === true && isInteractive(plan)) this.input = new PassThrough();
    this.#control = new RunControl(this.spec, plan.clock);
    this.#streams = new OuterStreams({
      plan,
      stdin: options.stdio?.stdin ?? this.input,
      stdout: options.stdio?.stdout,
      control: this.#control,
      spec: this.spec,
    });
    this.#router = new OutputRouter({
      ...options,
      onOutput: options.onOutput,
      key: options.key,
      log: options.log,
    });
    this.#launcher = new StageLauncher({
      runId: this.id,
      plan,
      control: this.#control,
      router: this.#router,
      secrets,
      callSite: this.#callSite,
      events,
    });
    this.outcome = this.#run();
  }

  /** That of the last stage that runs, as `$!` of a shell. */
  get pid(): number | undefined {
    return this.#control.active.findLast(({ pid }) => pid !== undefined)?.pid;
  }

  /** What kept the pipeline from starting; `null` when it started. */
  get startError(): ProcError | null {
    const { interruption } = this.#control;
    return interruption?.reason === 'failedToStart' ? interruption.error : null;
  }

  running(): boolean {
    return !this.#ended;
  }

  signal(signal: NodeJS.Signals | number): boolean {
    const name = signal === 0 ? 0 : normalizeSignal(signal);
    return this.#control.active.map((stage) => stage.signal(name)).includes(true);
  }

  async stop(grace?: Duration, signal?: NodeJS.Signals | number): Promise<PipelineResult> {
    if (grace !== undefined) parseDuration(grace, 'grace');
    if (signal !== undefined) normalizeSignal(signal);
    if (!this.#ended) this.#control.interrupt('stopped', null, undefined, { grace, signal });
    return this.outcome;
  }

  /** Shows the output to another function from the next chunk on. */
  replaceCallback(callback: OutputCallback): void {
    this.#router.replace(callback);
  }

  async #run(): Promise<PipelineResult> {
    if (this.#events?.hasListeners(PipelineStarted) === true) {
      void this.#events.dispatch(new PipelineStarted(this.id));
    }
    const { timeoutMs, signals } = this.#plan;
    const { signal } = this.#options;
    this.#control.watch(timeoutMs, signal === undefined ? signals : [...signals, signal]);
    try {
      await this.#execute();
    } catch (cause) {
      this.#control.interrupt('failedToStart', this.#startErrorOf(cause), undefined);
      await Promise.all(this.#launcher.stages.map(({ ended }) => ended));
    }
    return this.#finish();
  }

  async #execute(): Promise<void> {
    if (this.#control.interruption !== undefined) return;
    const { mode } = this.#plan;
    if (mode === 'streaming') refuseRetries(this.#plan);
    refuseMerged(this.#plan.stages);
    this.#streams.open();
    const { input, final, tees } = this.#streams;
    const parts: ModeParts = {
      plan: this.#plan,
      control: this.#control,
      launcher: this.#launcher,
      final,
      tees,
      input,
      onStarted: this.#markStarted,
    };
    if (mode === 'sequential') return runSequentially(parts);
    const observed =
      this.#router.seesEveryStdout || this.#events?.hasListeners(ProcessOutput) === true;
    return runStreaming(parts, observed);
  }

  async #finish(): Promise<PipelineResult> {
    this.#markStarted();
    this.input?.on('error', () => undefined).destroy();
    await this.#streams.close();
    this.#control.release();
    this.#options.log?.end();
    const { interruption } = this.#control;
    if (interruption?.error != null) this.#callSite.pointTo(interruption.error);
    const result = buildResult({
      plan: this.#plan,
      spec: this.spec,
      stages: this.#launcher.stages,
      interruption,
      output: this.#streams.final.kept,
      startedAt: this.#start.date,
      durationMs: this.#plan.clock.now() - this.#start.time,
      previousAttempts: this.#options.previousAttempts ?? 0,
    });
    this.#ended = true;
    if (this.#events?.hasListeners(PipelineCompleted) === true) {
      void this.#events.dispatch(new PipelineCompleted(this.id, result));
    }
    return result;
  }

  #startErrorOf(cause: unknown): ProcError {
    if (ProcError.is(cause)) return cause;
    const message = `The pipeline "${this.#plan.line}" could not be started: ${messageOf(cause)}`;
    // Until the first stage is launched, only the input can be missing.
    const type = this.#launcher.stages.length === 0 ? InputSourceError : ProcessStartError;
    return new type(message, this.spec, { cause });
  }
}

function isInteractive({ interactive, stages }: PipelinePlan): boolean {
  return interactive || specOf(stages[0]?.entry)?.input === 'interactive';
}
