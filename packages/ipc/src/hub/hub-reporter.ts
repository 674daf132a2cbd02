import type { EventClass, EventDispatcher } from '@proc/core';
import type { IpcHubEvent } from '../events/ipc-events.js';

/** Tells those who listen what happens at a hub. */
export class HubReporter {
  /** @param events - asked anew each time: another dispatcher may take its place */
  constructor(private readonly events: () => EventDispatcher | undefined) {}

  tell<Facts extends readonly unknown[]>(
    type: new (...facts: Facts) => IpcHubEvent,
    ...facts: Facts
  ): void {
    try {
      const events = this.events();
      // Listening asks for no facts.
      const heard = type as unknown as EventClass<IpcHubEvent>;
      if (events?.hasListeners(heard) === true) void events.dispatch(new type(...facts));
    } catch {
      // Whoever is to be told must not keep a session from ending.
    }
  }
}
