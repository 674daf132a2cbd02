import type { TerminationReason } from '../../src/contracts/termination-reason.js';
import { settled } from './captured.js';
import { ACTIONS, STEP, type Action } from './staged-actions.js';
import type { StagedRun } from './staged-run.js';

/** What each action adds to a stream, in bytes. */
const PRINTED = 3;

/**
 * Says for which reason a run ends: the first one that counts. A second telling of the rule, from outside, for runs in
 * which everything that can has happened between two actions.
 */
export class EndingModel {
  readonly #run: StagedRun;
  readonly #seen = { prints: 0, complains: 0 };
  /** Other reasons that would be right, where two things happen between two looks. */
  readonly #maybe: (TerminationReason | null)[] = [];
  #reason: TerminationReason | null = null;
  #now = 0;
  #lastOutput = 0;
  #inputIsOpen: boolean;
  #aborted = false;

  constructor(run: StagedRun) {
    this.#run = run;
    this.#inputIsOpen = run.input !== undefined;
  }

  /** Whether the run has been asked to end. */
  get asked(): boolean {
    return this.#reason !== null;
  }

  /** Lets something happen to the run, and waits for what follows from it. */
  async act(action: Action): Promise<void> {
    const before = { done: this.#run.done, calls: this.#run.calls, active: this.#run.process };
    const { handle } = this.#run;
    const stream = action === 'prints' ? handle.stdout : handle.stderr;
    const canPrint = stream.writable;
    const exited = handle.exitedWith !== undefined;
    if (!before.done) this.#foresee(action, before.active !== undefined);
    ACTIONS[action](this.#run);
    await settled();
    if (before.done) return;
    if ((action === 'prints' || action === 'complains') && canPrint) this.#printed(action);
    this.#called(before.calls);
    if (action === 'lives for a moment') this.#passed(exited);
  }

  /** The reasons that are right. */
  reasons(): readonly (TerminationReason | null)[] {
    if (this.#reason !== null) return [this.#reason, ...this.#maybe];
    const { exitedWith, signals } = this.#run.handle;
    const signal = exitedWith?.signal ?? null;
    if (signal === null) return [null, ...this.#maybe];
    return [signals.includes(signal) ? 'stopped' : 'signaled', ...this.#maybe];
  }

  #foresee(action: Action, isActive: boolean): void {
    if (action === 'is aborted' && !this.#aborted) {
      this.#aborted = true;
      this.#request('cancelled');
    }
    if ((action === 'is stopped' || action === 'is stopped at once') && isActive) {
      this.#request('stopped');
    }
    if (action === 'loses its input' && this.#inputIsOpen) this.#request('inputFailed');
    if (action === 'loses its input' || action === 'has had its input') this.#inputIsOpen = false;
  }

  #printed(action: 'prints' | 'complains'): void {
    this.#lastOutput = this.#now;
    this.#seen[action] += PRINTED;
    const { maxOutput } = this.#run.stage;
    if (maxOutput !== null && this.#seen[action] > maxOutput) this.#request('outputLimit');
  }

  #called(before: number): void {
    const { callback, failsAt } = this.#run.stage;
    const fails = callback === 'throws' || callback === 'rejects';
    if (fails && before < failsAt && this.#run.calls >= failsAt) this.#request('callbackFailed');
  }

  /** @param exited - whether the process had ended before the time passed */
  #passed(exited: boolean): void {
    const { timeout, idleTimeout } = this.#run.stage;
    const due: (readonly [number, 'timedOut' | 'idleTimedOut'])[] = [];
    if (timeout !== null) due.push([timeout, 'timedOut']);
    if (idleTimeout !== null) due.push([this.#lastOutput + idleTimeout, 'idleTimedOut']);
    due.sort(([a], [b]) => a - b);
    for (const [at, reason] of due) {
      if (at <= this.#now || at > this.#now + STEP) continue;
      // The wait for the rest of the output may have ended before, in the same moment.
      if (exited && this.#run.done && this.#reason === null)
        this.#maybe.push(null, 'signaled', 'stopped');
      this.#request(reason, exited);
    }
    this.#now += STEP;
  }

  #request(reason: TerminationReason, exited = this.#run.handle.exitedWith !== undefined): void {
    if (!exited || this.#countsAfterExit(reason)) this.#reason ??= reason;
  }

  #countsAfterExit(reason: TerminationReason): boolean {
    if (reason === 'callbackFailed' || reason === 'outputLimit') return true;
    return reason !== 'inputFailed' && reason !== 'idleTimedOut' && this.#run.hasBeenHeld;
  }
}
