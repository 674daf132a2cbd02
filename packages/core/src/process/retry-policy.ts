import { pause } from '../clock/pause.js';
import type { Clock } from '../contracts/clock.js';
import type { EventDispatcher } from '../contracts/event-dispatcher.js';
import type { ProcessResult } from '../contracts/process-result.js';
import type { RunIdentity } from '../events/process-event.js';
import { ProcessRetrying } from '../events/process-retrying.js';
import { replaceEnding } from '../result/replace-ending.js';
import { GAVE_UP, patiently } from './patience.js';
import { isFinal, retryDelay } from './retry-rule.js';
import type { Run } from './run.js';
import { cancelled, startingSnapshot } from './start-process.js';
import type { StopOrder } from './stop-order.js';
import { MiddlewareError } from '../errors/middleware-error.js';
import { thrownText } from '../diagnostics/cause-text.js';
import { failureMessage } from '../diagnostics/failure-message.js';

/** Decides after each attempt whether there is another one, and waits before it. */
export class RetryPolicy {
  readonly #events: EventDispatcher;
  readonly #run: Run;
  readonly #stopped: StopOrder;

  constructor(events: EventDispatcher, run: Run, stopped: StopOrder) {
    this.#events = events;
    this.#run = run;
    this.#stopped = stopped;
  }

  /** Whether there is no further attempt, whatever anybody says. */
  isOver(result: ProcessResult, { attempt }: RunIdentity): boolean {
    const { spec, attachments } = this.#run;
    const own = attempt - attachments.previousAttempts;
    return own > spec.retry.times || this.#stopped.aborted || isFinal(result);
  }

  /**
   * `again`, or the result that the run ends with, where it is not over.
   *
   * @param clock - what is waited by
   */
  async after(
    result: ProcessResult,
    identity: RunIdentity,
    clock: Clock,
  ): Promise<ProcessResult | 'again'> {
    const { spec, attachments } = this.#run;
    const { retry } = spec;
    const own = identity.attempt - attachments.previousAttempts;
    try {
      const wanted = await this.#wanted(result, own, clock);
      if (wanted === GAVE_UP || !wanted) return result;
    } catch (cause) {
      const what = `was not retried, because its retry predicate threw: ${thrownText(cause)}`;
      const error = new MiddlewareError(failureMessage({ what, spec }), spec, { cause });
      return replaceEnding(result, spec, error, result.reason);
    }
    const delayMs = retryDelay(retry, own);
    if (this.#events.hasListeners(ProcessRetrying)) {
      const about = { driver: spec.driver ?? '', clock };
      const snapshot = { ...startingSnapshot('', spec, about), pid: result.pid };
      void this.#events.dispatch(new ProcessRetrying(identity, spec, snapshot, result, delayMs));
    }
    const interruption = await this.#pause(delayMs, clock);
    if (interruption === 'stopped') return result;
    if (interruption === undefined) return 'again';
    const error = cancelled(spec, interruption.reason, 'before its next attempt');
    attachments.callSite.pointTo(error);
    return replaceEnding(result, spec, error, 'cancelled');
  }

  #wanted(result: ProcessResult, attempt: number, clock: Clock): Promise<boolean | typeof GAVE_UP> {
    const { spec, attachments } = this.#run;
    const answer = async (): Promise<boolean> =>
      (await attachments.retryWhen?.(result, attempt)) ?? true;
    return patiently(answer(), { signals: this.#signals, graceMs: spec.graceMs, clock });
  }

  get #signals(): readonly AbortSignal[] {
    return [...this.#run.attachments.signals, this.#stopped.signal];
  }

  /** Waits; tells what cut the wait short. */
  async #pause(ms: number, clock: Clock): Promise<AbortSignal | 'stopped' | undefined> {
    const signals = this.#signals;
    await pause(ms, { clock, signals });
    return this.#stopped.aborted ? 'stopped' : signals.find((signal) => signal.aborted);
  }
}
