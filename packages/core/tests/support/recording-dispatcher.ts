import type { EventDispatcher, Unsubscribe } from '../../src/contracts/event-dispatcher.js';
import type { ProcEvent } from '../../src/events/proc-event.js';

/** Keeps every event, and shows each to one listener on its way. */
export class RecordingDispatcher implements EventDispatcher {
  readonly events: ProcEvent[] = [];
  onEvent: (event: ProcEvent) => unknown = () => undefined;

  async dispatch(event: ProcEvent): Promise<void> {
    this.events.push(event);
    await this.onEvent(event);
  }

  /** The names of the events of processes, without those of output. */
  names(): readonly string[] {
    return this.events.map(({ name }) => name).filter((name) => name !== 'ProcessOutput');
  }

  of<Event extends ProcEvent>(type: abstract new (...args: never[]) => Event): readonly Event[] {
    return this.events.filter((event): event is Event => event instanceof type);
  }

  hasListeners(): boolean {
    return true;
  }

  listen(): Unsubscribe {
    return () => undefined;
  }

  once<Event extends ProcEvent>(): Promise<Event> {
    return Promise.reject(new Error('not recorded'));
  }

  stream<Event extends ProcEvent>(): AsyncIterableIterator<Event> {
    throw new Error('not recorded');
  }

  subscribe(): Unsubscribe {
    return () => undefined;
  }

  forget(): void {}
}
