import {
  ProcessCancelledError,
  ProcessTimedOutError,
  type Clock,
  type Launched,
  type ProcError,
  type ProcessSpec,
  type TerminationReason,
} from '@proc/core';
import { allowManyListeners, formatDuration } from '@proc/core/internal';
import { messageOf } from '../errors/message-of.js';
import type { Interruption, StopRequest } from './interruption.js';

/** A stage that has been launched and has not ended. */
interface ActiveStage {
  readonly index: number;
  readonly launched: Launched;
}

/**
 * Ends all stages of a run together, for one reason: the first. Owns the run's timer and listeners until
 * {@link release}.
 */
export class RunControl {
  readonly #spec: ProcessSpec;
  readonly #clock: Clock;
  readonly #active = new Set<ActiveStage>();
  readonly #scope = new AbortController();
  readonly #cancel = new AbortController();
  readonly #over = new AbortController();
  #interruption: Interruption | undefined;

  /** @param spec - the pipeline, for messages */
  constructor(spec: ProcessSpec, clock: Clock) {
    this.#spec = spec;
    this.#clock = clock;
    for (const { signal } of [this.#cancel, this.#scope, this.#over]) allowManyListeners(signal);
  }

  /** For the stages: aborted when the pipeline is cancelled. */
  get signal(): AbortSignal {
    return this.#cancel.signal;
  }

  /** Aborted at the interruption, whatever it is. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  get interruption(): Interruption | undefined {
    return this.#interruption;
  }

  /** The launched stages that have not ended, in their order. */
  get active(): readonly Launched[] {
    return [...this.#active].map(({ launched }) => launched);
  }

  /** A stage that is launched too late is stopped at once. */
  add(index: number, launched: Launched): () => void {
    const stage = { index, launched };
    this.#active.add(stage);
    if (this.#interruption !== undefined) stop(launched);
    return () => {
      this.#active.delete(stage);
    };
  }

  /** Begins to watch the clock and the signals; may interrupt at once. */
  watch(timeoutMs: number | null, signals: readonly AbortSignal[]): void {
    for (const signal of signals) this.#watchSignal(signal);
    if (timeoutMs === null || this.#interruption !== undefined) return;
    const cancel = this.#clock.timer(timeoutMs, () => {
      const what = `exceeded its timeout of ${formatDuration(timeoutMs)}`;
      const error = new ProcessTimedOutError(this.#message(what), this.#spec, timeoutMs);
      this.interrupt('timedOut', error);
    });
    this.#scope.signal.addEventListener('abort', cancel, { once: true });
  }

  /**
   * Ends every stage, readers before writers: a reader that saw its input end early would take it for complete.
   *
   * @param stage - the stage to blame; by default the first one that still runs
   */
  interrupt(
    reason: TerminationReason,
    error: ProcError | null,
    stage: number | undefined = this.#firstActive(),
    request: StopRequest = {},
  ): void {
    if (this.#interruption === undefined) this.#interruption = { reason, error, stage };
    this.#over.abort();
    for (const { launched } of [...this.#active].reverse()) {
      stop(launched, request);
    }
  }

  /** Frees the timer and the listeners. */
  release(): void {
    this.#scope.abort();
  }

  #watchSignal(signal: AbortSignal): void {
    const cancel = (): void => {
      if (this.#interruption !== undefined) return;
      const cause: unknown = signal.reason;
      const message = this.#message(`was cancelled: ${messageOf(cause)}`);
      const error = new ProcessCancelledError(message, this.#spec, { cause });
      this.#interruption = { reason: 'cancelled', error, stage: this.#firstActive() };
      this.#cancel.abort(cause);
      this.#over.abort();
    };
    if (signal.aborted) {
      cancel();
      return;
    }
    // Many runs may share a signal.
    allowManyListeners(signal);
    signal.addEventListener('abort', cancel, { once: true, signal: this.#scope.signal });
  }

  #firstActive(): number | undefined {
    return this.#active.size === 0
      ? undefined
      : Math.min(...[...this.#active].map(({ index }) => index));
  }

  #message(what: string): string {
    const { command } = this.#spec;
    return `The pipeline "${command.kind === 'shell' ? command.line : command.file}" ${what}.`;
  }
}

/** How it ends is told by its outcome. */
function stop(launched: Launched, { grace, signal }: StopRequest = {}): void {
  launched.stop(grace, signal).catch(() => undefined);
}
