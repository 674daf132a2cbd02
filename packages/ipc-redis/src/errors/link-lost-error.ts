import { IpcError } from '@proc/ipc';

/** What connected a process with a hub is lost: its lease has ended, or what came for it could not be taken. */
export class LinkLostError extends IpcError {
  readonly code = 'ERR_PROC_IPC_LINK_LOST';
}
