// From this package, so that TypeScript knows of these entry points: a project that sees no other of our packages, as
// with pnpm, names the types of workers and IPC by them in its declarations.
import type {
  Ipc as IpcContract,
  IpcHub as IpcHubClass,
  IpcSocket as IpcSocketClass,
} from './ipc.js';
import type { Parallel as ParallelClass, WorkerManager as WorkerManagerClass } from './workers.js';

/** What every supported version of inversify takes for a token of this service, also a version that is not ours. */
export type Token<Service> = symbol | (abstract new (...args: unknown[]) => Service);

// Tokens without the packages that they belong to, which are loaded when somebody asks for what they stand for.

/** Queues, locks, values and so on, as `app.get(Ipc)`. */
export type Ipc = IpcContract;
export const Ipc: Token<Ipc> = Symbol.for('@proc/ipc/Ipc');

/** What owns them; the class, to make another one, is in `@proc/process/ipc`. */
export type IpcHub = IpcHubClass;
export const IpcHub: Token<IpcHub> = Symbol.for('@proc/ipc/IpcHub');

/** Pools of workers, as `app.get(WorkerManager)`; the class is in `@proc/process/workers`. */
export type WorkerManager = WorkerManagerClass;
export const WorkerManager: Token<WorkerManager> = Symbol.for('@proc/workers/WorkerManager');

/** Where other programs reach it; the class is in `@proc/process/ipc`. */
export type IpcSocket = IpcSocketClass;
export const IpcSocket: Token<IpcSocket> = Symbol.for('@proc/ipc/IpcSocket');

/** Work on many items, as `app.get(Parallel)`; the class is in `@proc/process/workers`. */
export type Parallel = ParallelClass;
export const Parallel: Token<Parallel> = Symbol.for('@proc/workers/Parallel');
