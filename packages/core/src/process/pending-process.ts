import { inspect } from 'node:util';
import { copyWords } from '../command/copy-words.js';
import { commandLine } from '../command/quote.js';
import type { CommandInput } from '../contracts/command.js';
import type { LaunchContext, Launchable, Launched } from '../contracts/launchable.js';
import type { OutputCallback } from '../contracts/output-callback.js';
import type { DriverCapabilities, PipeEnds } from '../contracts/process-driver.js';
import type { ProcessOptions } from '../contracts/process-options.js';
import type { ProcessResult } from '../contracts/process-result.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import type { RunningProcess } from '../contracts/running-process.js';
import type { StandardSchema } from '../contracts/schema.js';
import { showValue } from '../diagnostics/show-value.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import type { ProcError } from '../errors/proc-error.js';
import { applyOptions } from './apply-options.js';
import { CallSite } from '../diagnostics/call-site.js';
import { describedSpec } from './described-spec.js';
import { Execution } from './execution.js';
import { freezeRun, freezeSpec, readsOnce } from './freeze-run.js';
import { LaunchFailure } from './launch-failure.js';
import { holdLoop } from './hold-loop.js';
import { copyDraft, type ProcessDraft } from './process-draft.js';
import type { ProcessEngine } from './process-engine.js';
import { ProcessSettings } from './process-settings.js';
import { requireSchema, validateLater } from '../result/parse-json.js';
import { rejectErrors } from '../result/reject-errors.js';
import { specFingerprint } from './spec-fingerprint.js';
import { StartedIteration } from './started-iteration.js';

/**
 * A description of a process, built up by fluent calls. Every run freezes a snapshot of it, so one description can be
 * run many times, and changed in between.
 *
 * @example
 * ```ts
 * const result = await processes.command(['git', 'log', '-1']).path('/repo').timeout('10s').run();
 * ```
 */
export class PendingProcess extends ProcessSettings implements Launchable {
  readonly #engine: ProcessEngine;

  /** @internal Made by the manager: `processes.command(…)`, `processes.newPendingProcess()`. */
  constructor(engine: ProcessEngine, draft: ProcessDraft) {
    super(draft);
    this.#engine = engine;
  }

  /** Another description that says the same; what is said to one from now on does not reach the other. */
  clone(): PendingProcess {
    return new PendingProcess(this.#engine, copyDraft(this.draft));
  }

  /** Applies an options object, as the methods of the same names would. */
  options(options: ProcessOptions): this {
    applyOptions(this, options);
    return this;
  }

  /** Calls `then` with this and the value if the value is truthy, else `otherwise`. */
  when<Value>(
    value: Value | ((pending: this) => Value),
    then: (pending: this, value: Value) => unknown,
    otherwise?: (pending: this, value: Value) => unknown,
  ): this {
    requireFunction(then, 'when() and unless() call');
    if (otherwise !== undefined) requireFunction(otherwise, 'when() and unless() call');
    const actual = typeof value === 'function' ? (value as (pending: this) => Value)(this) : value;
    if (actual) then(this, actual);
    else otherwise?.(this, actual);
    return this;
  }

  /** Calls `then` with this and the value if the value is falsy, else `otherwise`. */
  unless<Value>(
    value: Value | ((pending: this) => Value),
    then: (pending: this, value: Value) => unknown,
    otherwise?: (pending: this, value: Value) => unknown,
  ): this {
    return this.when(value, otherwise ?? (() => undefined), then);
  }

  /** Calls `fn` with this, and returns this. */
  tap(fn: (pending: this) => unknown): this {
    requireFunction(fn, 'tap() calls');
    fn(this);
    return this;
  }

  /**
   * Runs to the end. A non-zero exit and a signal are results; everything else that can go wrong rejects with its
   * typed error. See {@link ProcessManager.run}.
   */
  run(onOutput?: OutputCallback): Promise<ProcessResult>;
  run(command: CommandInput | undefined, onOutput?: OutputCallback): Promise<ProcessResult>;
  async run(
    command?: CommandInput | OutputCallback,
    onOutput?: OutputCallback,
  ): Promise<ProcessResult> {
    const { draft, callback } = this.#call(command, onOutput);
    const run = freezeRun(draft, { onOutput: callback });
    const result = new Execution(this.#engine, run).outcome.then(rejectErrors);
    return draft.detached ? holdLoop(result) : result;
  }

  /** Resolves once the process has been started; makes one attempt, whatever {@link retry} says. */
  start(onOutput?: OutputCallback): Promise<RunningProcess>;
  start(command: CommandInput | undefined, onOutput?: OutputCallback): Promise<RunningProcess>;
  async start(
    command?: CommandInput | OutputCallback,
    onOutput?: OutputCallback,
  ): Promise<RunningProcess> {
    const { draft, callback } = this.#call(command, onOutput);
    const once = { ...draft, retry: NO_RETRY };
    const run = freezeRun(once, { onOutput: callback }, { watched: true });
    return new Execution(this.#engine, run).started;
  }

  /** Runs, and throws as `result.throw()` does unless it succeeds. */
  async runOrFail(onOutput?: OutputCallback): Promise<ProcessResult> {
    const site = CallSite.capture();
    const result = await this.run(onOutput);
    return result.throw((_, error) => {
      site.pointTo(error);
    });
  }

  /**
   * Starts, and iterates over the lines of stdout. Leaving the loop stops the process. Rejects at the end as
   * {@link runOrFail} does.
   */
  lines(): AsyncIterableIterator<string> {
    return new StartedIteration(
      () => this.start(),
      (process) => process.lines(),
    );
  }

  /**
   * Starts, and iterates over lines of JSON on stdout, each validated when a schema is given. Leaving the loop stops
   * the process. See {@link RunningProcess.jsonLines}.
   */
  jsonLines<T = unknown>(schema?: StandardSchema<T>): AsyncIterableIterator<T> {
    requireSchema(schema);
    return new StartedIteration(
      () => this.start(),
      (process) => process.jsonLines(schema),
    );
  }

  /**
   * Runs, and gives stdout parsed as JSON; the schema may be asynchronous.
   *
   * @throws {@link ProcessFailedError} or {@link ProcessSignaledError} when it fails, {@link OutputFormatError} when it
   *   prints no JSON or none that fits the schema
   */
  async json<T = unknown>(schema?: StandardSchema<T>): Promise<T> {
    requireSchema(schema);
    const spec = this.toSpec();
    const result = await this.runOrFail();
    // What can not be parsed is best told by the result: it knows all secrets of the run.
    return validateLater({ spec, stderr: () => result.toJSON().stderr }, result.json(), schema);
  }

  /** Whether its input can be read again. */
  get repeatable(): boolean {
    return !readsOnce(this.draft.input);
  }

  launch(context: LaunchContext = {}): Launched {
    try {
      return new Execution(this.#engine, freezeRun(this.draft, context));
    } catch (error) {
      return new LaunchFailure(this.draft, error as ProcError, context, this.#engine);
    }
  }

  /**
   * What the driver that this would run on can do.
   *
   * @throws {@link DriverNotFoundError}
   */
  driverCapabilities(): DriverCapabilities {
    return this.#engine.resolveDriver(this.draft.driver).capabilities;
  }

  /**
   * A pipe that the driver makes which this would run on, to join it with another program; `undefined` where it makes
   * none. Closing both ends is the caller's part.
   *
   * @throws {@link DriverNotFoundError}, or the system's error when descriptors have run out
   */
  openPipe(): PipeEnds | undefined {
    return this.#engine.resolveDriver(this.draft.driver).openPipe?.();
  }

  /** @throws {@link InvalidArgumentError} when there is no command, or things don't go together */
  toSpec(): ProcessSpec {
    return freezeSpec(this.draft);
  }

  /** What changes what is run, and nothing else: no timeouts, no tags, not what is kept of the output. */
  fingerprint(): unknown {
    return specFingerprint(this.toSpec(), this.draft.input);
  }

  /** The command line, quoted so that it can be pasted into a shell; for messages, so it never throws. */
  override toString(): string {
    return commandLine(describedSpec(this.draft).command);
  }

  [inspect.custom](): unknown {
    return { ...describedSpec(this.draft) };
  }

  /** The arguments of `run` and `start`: a command given there takes the place of the one described. */
  #call(
    command: CommandInput | OutputCallback | undefined,
    onOutput: OutputCallback | undefined,
  ): { readonly draft: ProcessDraft; readonly callback: OutputCallback | undefined } {
    if (typeof command === 'function') return { draft: this.draft, callback: command };
    if (onOutput !== undefined && typeof onOutput !== 'function') {
      throw new InvalidArgumentError(
        `What receives the output is a function, not ${showValue(onOutput)}.`,
      );
    }
    if (command === undefined) return { draft: this.draft, callback: onOutput };
    const draft = { ...this.draft, command: copyWords(command), args: undefined };
    return { draft, callback: onOutput };
  }
}

const NO_RETRY = Object.freeze({ times: 0, delayMs: 0, factor: 1 });

function requireFunction(value: unknown, who: string): void {
  if (typeof value === 'function') return;
  throw new InvalidArgumentError(`${who} a function, not ${showValue(value)}.`);
}
