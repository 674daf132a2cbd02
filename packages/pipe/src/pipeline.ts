import { inspect } from 'node:util';
import type {
  Duration,
  InputSource,
  Launchable,
  LaunchContext,
  Launched,
  OutputCallback,
} from '@proc/core';
import { CallSite } from '@proc/core/internal';
import {
  outputCallback,
  type OutputOption,
  type PipelineOutput,
  type PipelineOutputCallback,
} from './output-callback.js';
import type { PipefailPolicy, PipelineOptions } from './pipeline-options.js';
import type { PipelineEnvironment } from './pipeline-environment.js';
import type { PipelineResult } from './results/pipeline-result.js';
import { keepsOutput } from './run/sequential-link.js';
import { LineLog } from './run/line-log.js';
import { PipelineRun } from './run/pipeline-run.js';
import type { PipelineStage } from './described-stage.js';
import { PipelineSettings } from './pipeline-settings.js';
import { rejectErrors, RunningPipeline } from './running-pipeline.js';
import type { StageEntry, StderrMode } from './stages/stage-entry.js';
import type { TeeTarget } from './streams/tee-target.js';

/**
 * A pipeline: commands and functions, each working on the output of the one before. Built once, run many times; each
 * run takes a snapshot of it.
 *
 * @example
 * ```ts
 * const result = await processes
 *   .pipe(['cat access.log', (line) => line.split(' ')[0], 'sort', 'uniq -c'])
 *   .streaming()
 *   .run();
 * ```
 */
export class Pipeline implements Launchable<PipelineResult> {
  readonly #environment: PipelineEnvironment;
  readonly #settings: PipelineSettings;

  /** @internal Made by `processes.pipe(…)`. */
  constructor(
    stages: readonly StageEntry[],
    options: PipelineOptions = {},
    environment: PipelineEnvironment = {},
  ) {
    this.#environment = environment;
    this.#settings = new PipelineSettings(stages, options, environment.mode);
  }

  /** The keys of the stages, in order: their names, else their positions. */
  get keys(): readonly (string | number)[] {
    return this.#settings.stages.map(({ key }) => key);
  }

  /** What it is made of, in order. */
  get stages(): readonly PipelineStage[] {
    return this.#settings.described();
  }

  /** Runs each stage when the one before has succeeded, on its whole output. The default, as in Laravel. */
  sequential(): this {
    this.#settings.change({ mode: 'sequential' });
    return this;
  }

  /** Runs all stages at once, as a shell does. */
  streaming(): this {
    this.#settings.change({ mode: 'streaming' });
    return this;
  }

  /** Which stages decide whether the pipeline failed; see {@link PipefailPolicy}. */
  pipefail(policy: PipefailPolicy): this {
    this.#settings.apply({ pipefail: policy });
    return this;
  }

  /** Limits the time of the whole pipeline, besides the stages' own timeouts; `0` and `null` take the limit away. */
  timeout(duration: Duration | null): this {
    this.#settings.apply({ timeout: duration });
    return this;
  }

  /** Ends every run when the signal aborts. May be called again for further signals. */
  abortWith(signal: AbortSignal): this {
    this.#settings.addSignal(signal);
    return this;
  }

  /** The standard input of the first stage, in place of its own; `null` and `undefined` leave it its own. */
  input(source: InputSource | undefined): this {
    this.#settings.change({ input: source });
    return this;
  }

  /**
   * Hands the stderr of every stage but the last on to the next one, together with stdout (default) or alone; a stage
   * that was told itself does what it was told.
   *
   * @throws {@link InvalidArgumentError} when one of them is a pipeline or a launchable of somebody's own
   */
  stderrToStdin(mode: StderrMode = 'both'): this {
    this.#settings.handStderrOn(mode);
    return this;
  }

  /** Keeps the standard input of the first stage open for {@link RunningPipeline.write}, once started. */
  interactive(): this {
    this.#settings.change({ interactive: true });
    return this;
  }

  /**
   * Copies the final output, byte for byte and with back-pressure, to a stream (which is not ended) or to a file
   * (which is truncated first). May be called again for further copies.
   */
  tee(target: TeeTarget): this {
    this.#settings.addTee(target);
    return this;
  }

  /**
   * Writes the final output to a file, which is truncated first unless `append`; the result then keeps none of it. A
   * run whose input is that file is refused with an {@link InvalidArgumentError}: it would be empty before it is read.
   *
   * @throws {@link InvalidArgumentError} for what is no path, and for an option that there is not
   */
  to(path: string | URL, options: { readonly append?: boolean | undefined } = {}): this {
    this.#settings.writeTo(path, options);
    return this;
  }

  /**
   * Runs to the end. Non-zero exits and signals are results. Rejects with the typed error when a stage could not be
   * started, timed out, was cancelled, or a callback or input source failed; the error's `result` is the pipeline's.
   *
   * @param output - sees the output of every stage; in streaming mode this makes all bytes pass through this process
   */
  run(output?: PipelineOutputCallback | OutputOption): Promise<PipelineResult>;
  run(output: OutputCallback | OutputOption<OutputCallback>): Promise<PipelineResult>;
  async run(output?: PipelineOutput): Promise<PipelineResult> {
    const run = this.#start({ stdoutOf: 'all', onOutput: outputCallback(output) });
    return rejectErrors(await run.outcome);
  }

  /** Runs, and throws as `result.throw()` does unless it succeeds. */
  runOrFail(output?: PipelineOutputCallback | OutputOption): Promise<PipelineResult>;
  runOrFail(output: OutputCallback | OutputOption<OutputCallback>): Promise<PipelineResult>;
  async runOrFail(output?: PipelineOutput): Promise<PipelineResult> {
    const site = CallSite.capture();
    const result = await this.run(output as PipelineOutputCallback);
    return result.throw((_, error) => {
      site.pointTo(error);
    });
  }

  /**
   * Resolves once the first stage (all stages, when streaming) has been started; rejects with the typed error when
   * that is not possible.
   */
  start(output?: PipelineOutputCallback | OutputOption): Promise<RunningPipeline>;
  start(output: OutputCallback | OutputOption<OutputCallback>): Promise<RunningPipeline>;
  async start(output?: PipelineOutput): Promise<RunningPipeline> {
    const onOutput = outputCallback(output);
    const last = this.#settings.stages.at(-1);
    const log = new LineLog({ keepsAll: last === undefined || keepsOutput(last) });
    const run = this.#start({ stdoutOf: 'all', onOutput, log, writable: true });
    await run.started;
    if (run.startError !== null) throw (await run.outcome).error ?? run.startError;
    return new RunningPipeline(run, log);
  }

  /** Starts, and iterates over the lines of the final output. Leaving the loop stops the pipeline. */
  async *lines(): AsyncGenerator<string, void, undefined> {
    await using running = await this.start();
    yield* running.lines();
  }

  /** One run, for pools and pipelines: its output is what a shell would print, under the key of the context. */
  launch(context: LaunchContext = {}): Launched<PipelineResult> {
    return this.#start({ ...context, stdoutOf: 'final' });
  }

  /** Its stages, in-process ones by the text of their functions, and what decides how they run together. */
  fingerprint(): unknown {
    return this.#settings.fingerprint();
  }

  /** As a shell line, without secrets; stages that run in this process appear as placeholders. */
  toString(): string {
    return this.#settings.plan().line;
  }

  [inspect.custom](): unknown {
    const { mode, pipefail, timeoutMs } = this.#settings.plan();
    return { command: this.toString(), mode, pipefail, timeoutMs, stages: this.stages };
  }

  #start(options: ConstructorParameters<typeof PipelineRun>[1]): PipelineRun {
    const { clock, events, onRun } = this.#environment;
    const plan = this.#settings.plan(clock?.() ?? options.clock);
    const run = new PipelineRun(plan, options, events?.());
    onRun?.(run);
    return run;
  }
}
