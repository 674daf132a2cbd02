import { AsyncLocalStorage } from 'node:async_hooks';
import type { Ipc } from '@proc/ipc/client';
import { invalidArgumentError } from '../errors/late-errors.js';

type IpcSource = () => Ipc;

let source: IpcSource | undefined;

/** Of tasks that run in this very thread. */
const inline = new AsyncLocalStorage<IpcSource>();

/** Told by what starts a worker. */
export function setCurrentIpc(value: IpcSource): void {
  source = value;
}

/** Runs a task of an inline worker with the connection of that worker. */
export function runWithIpc<T>(ipc: IpcSource, run: () => T): T {
  return inline.run(ipc, run);
}

/**
 * The connection of the worker that this code runs in, made when it is called.
 *
 * @returns what throws an `InvalidArgumentError` outside of workers
 */
export function currentIpc(): IpcSource {
  return inline.getStore() ?? source ?? refuse;
}

function refuse(): never {
  throw invalidArgumentError('There is no worker here whose `context.ipc` could be used.');
}
