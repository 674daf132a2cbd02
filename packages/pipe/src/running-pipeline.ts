import {
  InputClosedError,
  InvalidArgumentError,
  isSecret,
  ProcessNotRunningError,
  type Duration,
  type OutputCallback,
  type Secret,
} from '@proc/core';
import { normalizeSignal, secretsOf } from '@proc/core/internal';
import { outputCallback, type PipelineOutputCallback } from './output-callback.js';
import type { PipelineResult } from './results/pipeline-result.js';
import type { LineLog } from './run/line-log.js';
import type { PipelineRun } from './run/pipeline-run.js';
import { writeTo } from './streams/write-to.js';

/**
 * A started pipeline. Not a thenable. Disposing (`await using`) stops it.
 *
 * @example
 * ```ts
 * await using running = await processes.pipe(['cat', 'sort']).streaming().interactive().start();
 * await running.write('b\na\n');
 * await running.closeInput();
 * for await (const line of running.lines()) console.log(line);
 * ```
 */
export class RunningPipeline implements AsyncDisposable, AsyncIterable<string> {
  readonly #run: PipelineRun;
  readonly #log: LineLog;

  /** @internal Made by {@link Pipeline.start}. */
  constructor(run: PipelineRun, log: LineLog) {
    this.#run = run;
    this.#log = log;
  }

  /** What the pipeline's events carry. */
  get id(): string {
    return this.#run.id;
  }

  /** All of it as a shell line. */
  get command(): string {
    return this.#run.spec.command.kind === 'shell' ? this.#run.spec.command.line : '';
  }

  /** Process id of the last stage that runs; `undefined` when none does. */
  get pid(): number | undefined {
    return this.#run.pid;
  }

  /** Whether any of its stages runs. */
  running(): boolean {
    return this.#run.running();
  }

  /**
   * Lines of the final output, from the first one printed, however late the iteration starts (with a `quietly()` last
   * stage: from now on). A slow reader slows the pipeline down; leaving the loop leaves the pipeline alone. Rejects
   * at the end as {@link wait} does.
   */
  async *lines(): AsyncGenerator<string, void, undefined> {
    yield* this.#log.lines();
    await this.wait();
  }

  [Symbol.asyncIterator](): AsyncIterator<string> {
    return this.lines();
  }

  /**
   * Writes to the standard input of the first stage; resolves when more may be sent.
   *
   * @throws {@link InvalidArgumentError} when neither the pipeline nor its first stage is `interactive()`
   * @throws {@link InputClosedError} when the first stage no longer reads
   */
  async write(data: string | Uint8Array | Secret): Promise<void> {
    const input = this.#input();
    if (!input.writable) throw this.#closed();
    if (isSecret(data)) secretsOf(this.#run.spec).hide(data);
    const plain = isSecret(data) ? data.reveal() : data;
    await writeTo(input, typeof plain === 'string' ? Buffer.from(plain) : plain);
    if (input.destroyed) throw this.#closed();
  }

  /** Ends the standard input of the first stage. Idempotent. */
  async closeInput(): Promise<void> {
    const input = this.#input();
    if (!input.writableEnded) input.end();
  }

  /**
   * Sends a signal to all stages that run.
   *
   * @throws {@link InvalidArgumentError} for an unknown signal
   * @throws {@link ProcessNotRunningError} when no stage runs
   */
  signal(signal: NodeJS.Signals | number): this {
    const name = normalizeSignal(signal);
    if (this.kill(name)) return this;
    throw new ProcessNotRunningError(
      `The pipeline "${this.command}" can not be sent ${name}: none of its stages runs.`,
      this.#run.spec,
    );
  }

  /** As {@link signal}, but tells whether it was sent instead of throwing. Signal 0 only asks. */
  kill(signal: NodeJS.Signals | number = 'SIGTERM'): boolean {
    return this.#run.signal(signal);
  }

  /** Ends all stages: `signal`, then SIGKILL after `grace`; by default what each stage says. Never rejects. */
  stop(grace?: Duration, signal?: NodeJS.Signals | number): Promise<PipelineResult> {
    return this.#run.stop(grace, signal);
  }

  /**
   * Waits for the end. A callback given here takes the place of the one given at the start.
   *
   * @throws the typed error that {@link Pipeline.run} would reject with
   */
  wait(onOutput?: PipelineOutputCallback): Promise<PipelineResult>;
  wait(onOutput: OutputCallback): Promise<PipelineResult>;
  async wait(onOutput?: PipelineOutputCallback | OutputCallback): Promise<PipelineResult> {
    const callback = outputCallback(onOutput);
    if (callback !== undefined) this.#run.replaceCallback(callback);
    return rejectErrors(await this.#run.outcome);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #input(): NonNullable<PipelineRun['input']> {
    if (this.#run.input !== undefined) return this.#run.input;
    throw new InvalidArgumentError(
      'Only a pipeline that is interactive(), or whose first stage is, can be written to.',
    );
  }

  #closed(): InputClosedError {
    return new InputClosedError(
      `The first stage of the pipeline "${this.command}" no longer reads its input.`,
      this.#run.spec,
    );
  }
}

/** An ending with an error rejects; exits and signals do not. */
export function rejectErrors(result: PipelineResult): PipelineResult {
  if (result.error !== null) throw result.error;
  return result;
}
