import type { EventClass, EventDispatcher, ProcEvent } from '@proc/core';

/** Keeps every event, and lets a test wait for one. */
export class RecordingEvents {
  readonly events: ProcEvent[] = [];
  readonly #waiters: { readonly name: string; readonly resolve: (event: ProcEvent) => void }[] = [];

  /** @param onEvent - is called at once, as a listener is */
  constructor(readonly onEvent: (event: ProcEvent) => void = () => undefined) {}

  readonly dispatcher = {
    hasListeners: () => true,
    dispatch: async (event: ProcEvent) => {
      this.events.push(event);
      this.onEvent(event);
      const at = this.#waiters.findIndex(({ name }) => name === event.name);
      if (at !== -1) this.#waiters.splice(at, 1)[0]?.resolve(event);
    },
  } as unknown as EventDispatcher;

  get names(): readonly string[] {
    return this.events.map(({ name }) => name);
  }

  of<E extends ProcEvent>(type: EventClass<E>): readonly E[] {
    return this.events.filter((event): event is E => event instanceof type);
  }

  /** The next of that name. */
  next(name: string): Promise<ProcEvent> {
    return new Promise((resolve) => {
      this.#waiters.push({ name, resolve });
    });
  }
}
