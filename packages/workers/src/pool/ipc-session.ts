import type { FramePort } from '@proc/ipc/client';
import { type HubSource, loadIpc } from './hub-source.js';

/** The hub's end of a connection to one worker: made when the first message comes from there. */
export class IpcSession {
  readonly #hub: HubSource;
  readonly #name: () => string;
  readonly #post: (message: unknown) => void;
  #hear: ((message: unknown) => void) | undefined;
  #port: FramePort | undefined;

  /** @param post - sends to the worker */
  constructor(hub: HubSource, name: () => string, post: (message: unknown) => void) {
    this.#hub = hub;
    this.#name = name;
    this.#post = post;
  }

  receive(message: unknown): void {
    this.#port ??= this.#connect();
    this.#hear?.(message);
  }

  /** The worker is gone: what it held is released now. */
  end(): void {
    this.#port?.close();
  }

  /** The port is closed where there is no hub: the worker's tasks hear of it, and later messages are for nobody. */
  #connect(): FramePort {
    const port = loadIpc().attachedPort({
      post: this.#post,
      listen: (onMessage) => {
        this.#hear = onMessage;
        return () => {
          this.#hear = undefined;
        };
      },
    });
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
