import type {
  EventClass,
  EventDispatcher,
  EventListener,
  EventSubscriber,
  ProcEvent,
  Unsubscribe,
} from '@proc/core';
import Emittery from 'emittery';
import { EventStream } from './event-stream.js';
import { warnOfListenerError, type ListenerErrorHandler } from './listener-error-handler.js';
import { covers, wants, type EventType, type Subscription } from './subscription.js';

/** How an {@link EmitteryDispatcher} behaves. */
export interface EmitteryDispatcherOptions {
  /** Default: a process warning with the code `PROC_LISTENER_FAILED`. */
  readonly onListenerError?: ListenerErrorHandler | undefined;
}

/**
 * Delivers events by emittery: asynchronously, after the code that dispatched has gone on.
 *
 * Listeners are called in the order of registration, whichever class they listen to. They do not wait for each other;
 * `dispatch` resolves when the last has finished. A listener registered while an event is under way counts from the
 * next event on; one removed meanwhile is not called any more.
 *
 * @example
 * ```ts
 * const events = new EmitteryDispatcher({ onListenerError: (error) => log.error(error) });
 * const stop = events.listen(ProcessCompleted, (event) => log.info(event.result.exitText));
 * ```
 */
export class EmitteryDispatcher implements EventDispatcher {
  readonly #emitter = new Emittery<Record<symbol, ProcEvent>>({
    // Where DEBUG is `*`, emittery prints all that it carries to stdout: into the output of a command-line program,
    // with whatever the events hold.
    debug: { name: 'proc', logger: () => undefined },
  });
  readonly #subscriptions = new Set<Subscription>();
  readonly #onListenerError: ListenerErrorHandler;
  /** What is registered while the `subscribe` of a subscriber runs. */
  #collected: Unsubscribe[] | undefined;

  constructor(options: EmitteryDispatcherOptions = {}) {
    this.#onListenerError = options.onListenerError ?? warnOfListenerError;
  }

  async dispatch(event: ProcEvent): Promise<void> {
    const wanted = [...this.#subscriptions].filter(({ type }) => wants(type, event));
    await Promise.all(wanted.map(async ({ key }) => this.#deliver(key, event)));
  }

  hasListeners(type: EventClass): boolean {
    for (const subscription of this.#subscriptions) {
      if (covers(subscription.type, type)) return true;
    }
    return false;
  }

  listen<Event extends ProcEvent>(
    type: EventClass<Event>,
    listener: EventListener<Event>,
  ): Unsubscribe;
  listen(type: '*', listener: EventListener): Unsubscribe;
  listen(type: EventType, listener: EventListener<never>): Unsubscribe {
    const key = keyOf(type);
    const end = this.#emitter.on(key, async (event) => {
      await listener(event as never);
    });
    const unsubscribe = this.#add({ kind: 'listener', type, key, listener, end });
    this.#collected?.push(unsubscribe);
    return unsubscribe;
  }

  /**
   * The next event of a class. Rejects with the signal's reason when that is aborted first.
   *
   * `forget` leaves it alone: nothing would ever settle the promise then.
   */
  async once<Event extends ProcEvent>(
    type: EventClass<Event>,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<Event> {
    const { signal } = options;
    signal?.throwIfAborted();
    const key = keyOf(type);
    const next = this.#emitter.once(key);
    const unsubscribe = this.#add({ kind: 'once', type, key, end: () => next.off() });
    const scope = new AbortController();
    try {
      const event = await Promise.race([next, ...abortOf(signal, scope.signal)]);
      return event as Event;
    } finally {
      scope.abort();
      unsubscribe();
    }
  }

  /**
   * Events from now on, in order. Those that a slow reader has not taken wait in memory, without a limit.
   *
   * Leaving the loop unsubscribes. `forget` ends the loop after the events that came before it.
   */
  stream<Event extends ProcEvent>(type: EventClass<Event>): AsyncIterableIterator<Event>;
  stream(type: '*'): AsyncIterableIterator<ProcEvent>;
  stream(type: EventType): AsyncIterableIterator<ProcEvent> {
    const key = keyOf(type);
    const source = this.#emitter.events(key);
    const end = () => this.#emitter.clearListeners(key);
    return new EventStream(source, this.#add({ kind: 'stream', type, key, end }));
  }

  /**
   * Registers what a subscriber listens to; the returned function removes all of it.
   *
   * When `subscribe` of the subscriber throws, what it had registered is removed again.
   */
  subscribe(subscriber: EventSubscriber): Unsubscribe {
    const outer = this.#collected;
    const collected: Unsubscribe[] = [];
    const unsubscribe = () => collected.forEach((remove) => remove());
    this.#collected = collected;
    try {
      collected.push(...(subscriber.subscribe(this) ?? []));
    } catch (error) {
      unsubscribe();
      throw error;
    } finally {
      this.#collected = outer;
    }
    outer?.push(unsubscribe);
    return unsubscribe;
  }

  forget(type: EventType, listener?: EventListener<never>): void {
    for (const subscription of this.#subscriptions) {
      if (subscription.kind === 'once') continue;
      const everything = type === '*' && listener === undefined;
      const meant =
        subscription.type === type &&
        (listener === undefined || subscription.listener === listener);
      if (everything || meant) this.#remove(subscription);
    }
  }

  #add(subscription: Subscription): Unsubscribe {
    this.#subscriptions.add(subscription);
    return () => this.#remove(subscription);
  }

  #remove(subscription: Subscription): void {
    if (this.#subscriptions.delete(subscription)) subscription.end();
  }

  async #deliver(key: symbol, event: ProcEvent): Promise<void> {
    try {
      await this.#emitter.emit(key, event);
    } catch (error) {
      this.#report(error, event);
    }
  }

  #report(error: unknown, event: ProcEvent): void {
    try {
      this.#onListenerError(error, event);
    } catch (failure) {
      warnOfListenerError(failure, event);
    }
  }
}

function keyOf(type: EventType): symbol {
  return Symbol(type === '*' ? type : type.name);
}

/** A promise that rejects when the signal aborts, until the scope ends; none without a signal. */
function abortOf(signal: AbortSignal | undefined, scope: AbortSignal): Promise<never>[] {
  if (signal === undefined) return [];
  return [
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { signal: scope });
    }),
  ];
}
