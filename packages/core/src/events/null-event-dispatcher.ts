import type { EventDispatcher, Unsubscribe } from '../contracts/event-dispatcher.js';
import { ProviderError } from '../errors/provider-error.js';
import type { ProcEvent } from './proc-event.js';

/** Drops every event. Listening is an error: nothing would ever be heard. */
export class NullEventDispatcher implements EventDispatcher {
  dispatch(): Promise<void> {
    return Promise.resolve();
  }

  hasListeners(): boolean {
    return false;
  }

  listen(): Unsubscribe {
    return refuse();
  }

  once<Event extends ProcEvent>(): Promise<Event> {
    return Promise.resolve().then(refuse);
  }

  stream<Event extends ProcEvent>(): AsyncIterableIterator<Event> {
    return refuse();
  }

  subscribe(): Unsubscribe {
    return refuse();
  }

  forget(): void {
    // There is nothing to forget.
  }
}

function refuse(): never {
  throw new ProviderError(
    'No event dispatcher is registered. Add EventServiceProvider of @proc/events to the providers.',
  );
}
