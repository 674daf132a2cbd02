import type { EventClass, EventDispatcher } from '@proc/core';
import { warnOfListener } from '@proc/core/internal';
import type { IpcHubEvent } from '../events/ipc-events.js';

/** Tells those who listen what happens at a hub. */
export class HubReporter {
  /** @param events - asked anew each time: another dispatcher may take its place */
  constructor(private readonly events: () => EventDispatcher | undefined) {}

  /** Whoever is to be told must not keep a session from ending: what fails there is a warning. */
  tell<Facts extends readonly unknown[]>(
    type: new (...facts: Facts) => IpcHubEvent,
    ...facts: Facts
  ): void {
    void this.#tell(type, facts);
  }

  async #tell<Facts extends readonly unknown[]>(
    type: new (...facts: Facts) => IpcHubEvent,
    facts: Facts,
  ): Promise<void> {
    try {
      const events = this.events();
      // Listening asks for no facts.
      const heard = type as unknown as EventClass<IpcHubEvent>;
      if (events?.hasListeners(heard) === true) await events.dispatch(new type(...facts));
    } catch (error) {
      warnOfListener(type.name, error);
    }
  }
}
