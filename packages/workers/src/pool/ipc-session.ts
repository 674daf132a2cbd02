import { IpcPort } from '../protocol/ipc-port.js';
import type { HubSource } from './hub-source.js';

/** The hub's end of a connection to one worker: made when the first frame comes from there. */
export class IpcSession {
  readonly #hub: HubSource;
  readonly #name: () => string;
  readonly #transmit: (frame: unknown) => void;
  #port: IpcPort | undefined;

  /** @param transmit - sends a frame to the worker */
  constructor(hub: HubSource, name: () => string, transmit: (frame: unknown) => void) {
    this.#hub = hub;
    this.#name = name;
    this.#transmit = transmit;
  }

  receive(frame: unknown): void {
    this.#port ??= this.#connect();
    this.#port.receive(frame);
  }

  /** The worker is gone: what it held is released now. */
  end(): void {
    this.#port?.close();
  }

  /** The port is closed where there is no hub: the worker's tasks hear of it, and later frames are for nobody. */
  #connect(): IpcPort {
    const port = new IpcPort(this.#transmit);
    try {
      this.#hub().connect(port, { name: this.#name() });
    } catch (error) {
      port.close();
      // It belongs to no task: whoever reads the worker's messages could only crash of it.
      process.emitWarning(error instanceof Error ? error : String(error));
    }
    return port;
  }
}
