import { DeferredProvider } from '@proc/core';
import { Ipc, IpcHub, IpcSocket, Parallel, WorkerManager } from './tokens.js';

/** The literal `require` is what bundlers look for. It works for ES modules too, should these become some. */
/* eslint-disable @typescript-eslint/no-require-imports */

/** Communication between processes, loaded when it is used. */
export const ipc = new DeferredProvider({
  name: 'IpcServiceProvider of @proc/ipc',
  load: () => (require('@proc/ipc') as typeof import('@proc/ipc')).IpcServiceProvider,
  provides: [Ipc, IpcHub, IpcSocket],
  aliases: { 'process.ipc': Ipc },
});

/** Workers, and work on many items, loaded when they are used. */
export const workers = new DeferredProvider({
  name: 'WorkersServiceProvider of @proc/workers',
  load: () => (require('@proc/workers') as typeof import('@proc/workers')).WorkersServiceProvider,
  provides: [WorkerManager, Parallel],
  aliases: { 'process.workers': WorkerManager, 'process.parallel': Parallel },
  macros: [
    ...['workers', 'parallel', 'map', 'filter', 'reduce', 'forEach'],
    ...['some', 'every', 'tasks', 'fork'],
  ],
});
