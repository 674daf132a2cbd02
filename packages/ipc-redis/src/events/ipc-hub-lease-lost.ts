import { IpcHubEvent } from '@proc/ipc';
import type { LeaseLostError } from '../errors/lease-lost-error.js';

/** A hub could not renew its lease in Redis, and is closed with all of its sessions. */
export class IpcHubLeaseLost extends IpcHubEvent {
  override readonly name = 'IpcHubLeaseLost';

  constructor(
    readonly namespace: string,
    /** Says why. */
    readonly error: LeaseLostError,
  ) {
    super();
  }
}
