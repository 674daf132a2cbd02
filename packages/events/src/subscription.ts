import type { EventClass, EventListener, ProcEvent } from '@proc/core';

/** A class of events, or all. */
export type EventType = EventClass | '*';

/** One claim on events: a listener, a stream, or a wait for a single event. */
export interface Subscription {
  readonly kind: 'listener' | 'stream' | 'once';
  readonly type: EventType;
  /** The name of its events in the emitter, shared with no other: each is delivered, and fails, by itself. */
  readonly key: symbol;
  readonly listener?: EventListener<never>;
  /** Takes it out of the emitter. */
  readonly end: () => void;
}

/** Whether a subscription to `type` gets this event. */
export function wants(type: EventType, event: ProcEvent): boolean {
  return type === '*' || event instanceof type;
}

/** Whether a subscription to `type` gets the events of exactly this class. */
export function covers(type: EventType, eventClass: EventClass): boolean {
  return type === '*' || type === eventClass || isSubclass(eventClass, type);
}

function isSubclass(type: EventClass, parent: EventClass): boolean {
  return Object.prototype.isPrototypeOf.call(parent, type);
}
