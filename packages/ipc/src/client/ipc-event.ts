import type { WaitOptions } from '../contracts/wait-options.js';
import { IpcTimeoutError } from '../errors/ipc-timeout-error.js';
import type { Connection } from './connection.js';

/** A flag that can be waited for. */
export class IpcEvent {
  /** @internal */
  constructor(
    private readonly connection: Connection,
    readonly name: string,
  ) {}

  /** Sets it: everybody who waits goes on, and so does who waits later. */
  set(): Promise<void> {
    return this.connection.request('event.set', this.name);
  }

  /** Unsets it: who waits from now on waits for the next {@link set}. */
  clear(): Promise<void> {
    return this.connection.request('event.clear', this.name);
  }

  /** Whether it is set at the moment. */
  isSet(): Promise<boolean> {
    return this.connection.request('event.isSet', this.name);
  }

  /** Lets everybody go on who waits now, and leaves it as it is. @returns how many that were */
  pulse(): Promise<number> {
    return this.connection.request('event.pulse', this.name);
  }

  /** Waits until it is set. @returns `false` when the time has passed before. @throws {@link IpcCancelledError} */
  async wait(options?: WaitOptions): Promise<boolean> {
    try {
      await this.connection.request('event.wait', this.name, { wait: options });
      return true;
    } catch (error) {
      if (IpcTimeoutError.is(error)) return false;
      throw error;
    }
  }
}
