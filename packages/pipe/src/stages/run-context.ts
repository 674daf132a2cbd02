import type { LastWork } from './last-work.js';
import type { BodyContext } from './stage-body.js';

/** What the body of one run of a stage is told. */
export class RunContext implements BodyContext {
  readonly launch: BodyContext['launch'];
  readonly #lastWork: LastWork;
  readonly #signal: AbortSignal;

  constructor(lastWork: LastWork, signal: AbortSignal, launch: BodyContext['launch']) {
    this.launch = launch;
    this.#lastWork = lastWork;
    this.#signal = signal;
  }

  get signal(): AbortSignal {
    return this.#lastWork.heeds(this.#signal);
  }
}
