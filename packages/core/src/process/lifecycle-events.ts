import { RedactedOutput } from '../redaction/redacted-output.js';
import type { Capture } from '../capture/capture.js';
import type { EventClass, EventDispatcher } from '../contracts/event-dispatcher.js';
import type { OutputType } from '../contracts/output-callback.js';
import type { ProcessResult } from '../contracts/process-result.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import type { ProcessSnapshot } from '../contracts/running-process.js';
import { ProcessCompleted } from '../events/process-completed.js';
import type { RunIdentity } from '../events/process-event.js';
import type { ProcessEnded } from '../events/process-ended.js';
import { ProcessFailed } from '../events/process-failed.js';
import { ProcessKilled } from '../events/process-killed.js';
import { ProcessOutput } from '../events/process-output.js';
import { ProcessSignaled } from '../events/process-signaled.js';
import { ProcessStarted } from '../events/process-started.js';
import { ProcessTimedOut } from '../events/process-timed-out.js';
import type { ProcEvent } from '../events/proc-event.js';

type EndedClass = new (...args: ConstructorParameters<typeof ProcessEnded>) => ProcessEnded;

/** Announces what happens to one attempt. Nothing is built for an event that nobody hears. */
export class LifecycleEvents {
  readonly #events: EventDispatcher;
  readonly #run: RunIdentity;
  readonly #spec: ProcessSpec;
  readonly #snapshot: () => ProcessSnapshot;

  constructor(
    events: EventDispatcher,
    run: RunIdentity,
    spec: ProcessSpec,
    snapshot: () => ProcessSnapshot,
  ) {
    this.#events = events;
    this.#run = run;
    this.#spec = spec;
    this.#snapshot = snapshot;
  }

  started(capture: Capture): void {
    this.#announce(
      ProcessStarted,
      () => new ProcessStarted(this.#run, this.#spec, this.#snapshot()),
    );
    if (!this.#events.hasListeners(ProcessOutput)) return;
    const text = new RedactedOutput(this.#spec);
    capture.add({
      copies: true,
      accept: (type, bytes) => {
        this.#printed(type, text.push(type, bytes));
      },
      end: () => {
        this.#printed('out', text.flush('out'));
        this.#printed('err', text.flush('err'));
      },
    });
  }

  #printed(type: OutputType, text: string): void {
    if (text === '') return;
    void this.#events.dispatch(
      new ProcessOutput(this.#run, this.#spec, this.#snapshot(), type, text),
    );
  }

  killed(signal: NodeJS.Signals): void {
    this.#announce(
      ProcessKilled,
      () => new ProcessKilled(this.#run, this.#spec, this.#snapshot(), signal),
    );
  }

  ended(result: ProcessResult): void {
    if (result.timedOut) this.#announceEnd(ProcessTimedOut, result);
    if (result.reason === 'signaled') this.#announceEnd(ProcessSignaled, result);
    if (result.failed()) this.#announceEnd(ProcessFailed, result);
    this.#announceEnd(ProcessCompleted, result);
  }

  /** The attempt never started. */
  failedToStart(result: ProcessResult): void {
    this.#announceEnd(ProcessFailed, result);
  }

  #announceEnd(type: EndedClass, result: ProcessResult): void {
    this.#announce(type, () => new type(this.#run, this.#spec, this.#snapshot(), result));
  }

  #announce(type: EventClass, make: () => ProcEvent): void {
    if (this.#events.hasListeners(type)) void this.#events.dispatch(make());
  }
}
