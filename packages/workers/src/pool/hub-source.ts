import { createRequire } from 'node:module';
import type * as IpcModule from '@proc/ipc';

/** Gives what workers are connected to, a hub or the way to one; asked when the first of them wants to be. */
export type HubSource = () => IpcModule.IpcBroker;

/** A hub that is made when it is asked for. */
export function ownHub(): HubSource {
  let hub: IpcModule.IpcHub | undefined;
  return () => (hub ??= new (loadIpc().IpcHub)());
}

/** Loaded when it is needed: most pools never do. */
export function loadIpc(): typeof IpcModule {
  return createRequire(__filename)('@proc/ipc') as typeof IpcModule;
}
