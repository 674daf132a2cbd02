import {
  ProcessCompleted,
  ProcessRetrying,
  ProcessStarted,
  type EventDispatcher,
  type EventSubscriber,
} from '@proc/process';

/** Counts, by listening, what happens in an application. */
export class Activity implements EventSubscriber {
  readonly #running = new Set<string>();
  started = 0;
  peak = 0;
  retries = 0;

  subscribe(events: EventDispatcher): void {
    events.listen(ProcessStarted, ({ process }) => {
      this.started += 1;
      this.#running.add(process.id);
      this.peak = Math.max(this.peak, this.#running.size);
    });
    events.listen(ProcessCompleted, ({ process }) => this.#running.delete(process.id));
    events.listen(ProcessRetrying, () => {
      this.retries += 1;
    });
  }
}
