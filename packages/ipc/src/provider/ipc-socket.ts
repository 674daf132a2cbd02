import type { IpcHub } from '../hub/ipc-hub.js';
import { type IpcListener, listenIpc } from '../transports/socket/listen-ipc.js';
import type { ListenOptions } from '../transports/socket/resolve-listen-options.js';

/** Where an application's hub is reached by other programs of this user. */
export class IpcSocket {
  #listening: Promise<IpcListener> | undefined;

  /** @param hub - asked for when it is opened */
  constructor(
    private readonly hub: () => IpcHub,
    private readonly options: ListenOptions = {},
  ) {}

  /**
   * Listens, unless it does: give programs that shall connect the `environment` of what this resolves to.
   *
   * @throws {@link AddressError} when it can not listen there; the next call tries again
   */
  open(): Promise<IpcListener> {
    if (this.#listening !== undefined) return this.#listening;
    const listening = this.#listen();
    this.#listening = listening;
    // Unless it has been closed, and opened again, since.
    listening.catch(() => {
      if (this.#listening === listening) this.#listening = undefined;
    });
    return listening;
  }

  async #listen(): Promise<IpcListener> {
    return listenIpc(this.hub(), this.options);
  }

  /** Takes no more programs, and cuts off those that are there. It can be opened again. Idempotent. */
  async close(): Promise<void> {
    const listening = this.#listening;
    this.#listening = undefined;
    const listener = await listening?.catch(() => undefined);
    await listener?.close();
  }
}
