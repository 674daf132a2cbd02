import type { EventDispatcher, ProcEvent, Unsubscribe } from '@proc/core';

/** Keeps every event, and shows each to one listener on its way. */
export class EventLog implements EventDispatcher {
  readonly events: ProcEvent[] = [];
  onEvent: (event: ProcEvent) => unknown = () => undefined;

  async dispatch(event: ProcEvent): Promise<void> {
    this.events.push(event);
    await this.onEvent(event);
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
