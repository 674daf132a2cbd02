import type { ServiceIdentifier } from 'inversify';
import type { ProcEvent } from '../events/proc-event.js';

/** A class of events; listening for a class includes its subclasses. */
export type EventClass<Event extends ProcEvent = ProcEvent> = abstract new (
  ...args: never[]
) => Event;

/**
 * Receives events. What it returns is awaited and not looked at; errors it throws are reported and go nowhere else.
 */
export type EventListener<Event extends ProcEvent = ProcEvent> = (event: Event) => unknown;

/** Ends a subscription; calling it again does nothing. */
export type Unsubscribe = () => void;

/** A class that groups listeners, as in Laravel. */
export interface EventSubscriber {
  /** Registers the listeners by `events.listen(…)`; what it returns is ended with the subscription, too. */
  subscribe(events: EventDispatcher): void | Iterable<Unsubscribe>;
}

/**
 * Carries lifecycle events from core and the plug-ins to listeners.
 *
 * Core alone binds a dispatcher that drops them and costs nothing; `EventServiceProvider` of `@proc/events` binds one
 * that delivers.
 */
export interface EventDispatcher {
  /**
   * Delivers an event to every listener of its class, of a parent class and of `'*'`, in the order of
   * registration. Resolves when all have finished; never rejects.
   */
  dispatch(event: ProcEvent): Promise<void>;
  /** Whether a listener would hear of this class: ask before building an event that is costly. */
  hasListeners(type: EventClass): boolean;
  /** Calls the listener with every event of a class, and of its subclasses, from now on. */
  listen<Event extends ProcEvent>(
    type: EventClass<Event>,
    listener: EventListener<Event>,
  ): Unsubscribe;
  /** Calls the listener with every event from now on. */
  listen(type: '*', listener: EventListener): Unsubscribe;
  /** The next event of a class. */
  once<Event extends ProcEvent>(
    type: EventClass<Event>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Event>;
  /** Events of a class from now on; leaving the loop unsubscribes. */
  stream<Event extends ProcEvent>(type: EventClass<Event>): AsyncIterableIterator<Event>;
  /** All events from now on. */
  stream(type: '*'): AsyncIterableIterator<ProcEvent>;
  /** Registers all listeners of a subscriber; the returned function removes them. */
  subscribe(subscriber: EventSubscriber): Unsubscribe;
  /** Removes one listener, or all listeners of a class, or (with `'*'` alone) everything. */
  forget(type: EventClass | '*', listener?: EventListener<never>): void;
}

export const EventDispatcher: ServiceIdentifier<EventDispatcher> = Symbol.for(
  '@proc/core/EventDispatcher',
);
