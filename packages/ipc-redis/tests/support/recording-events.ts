import type { EventDispatcher, ProcEvent } from '@proc/core';

/** Keeps every event. */
export class RecordingEvents {
  readonly events: ProcEvent[] = [];

  readonly dispatcher = {
    hasListeners: () => true,
    dispatch: async (event: ProcEvent) => void this.events.push(event),
  } as unknown as EventDispatcher;

  get names(): readonly string[] {
    return this.events.map(({ name }) => name);
  }

  /** The last of that name. */
  last(name: string): ProcEvent | undefined {
    return this.events.findLast((event) => event.name === name);
  }
}
