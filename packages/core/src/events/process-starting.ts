import { ProcessEvent } from './process-event.js';

/** A process is about to start. Listeners are awaited, and may prevent it. */
export class ProcessStarting extends ProcessEvent {
  override readonly name = 'ProcessStarting';
  #vetoReason: string | undefined;

  /** Prevents the start: the run ends as cancelled, with this reason in its message. */
  veto(reason = 'vetoed by a listener'): void {
    this.#vetoReason ??= reason;
  }

  get vetoReason(): string | undefined {
    return this.#vetoReason;
  }
}
