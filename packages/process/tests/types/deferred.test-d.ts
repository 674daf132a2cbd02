import { expectTypeOf } from 'expect-type';
import type { IpcQueue } from '@proc/ipc';
import * as workersEntry from '../../src/workers.js';
import { Application, Ipc, Process, WorkerManager } from '../../src/index.js';

const app = new Application();
expectTypeOf(app.get(WorkerManager)).toEqualTypeOf<workersEntry.WorkerManager>();
expectTypeOf(app.get(Ipc).queue<string>('jobs')).toEqualTypeOf<IpcQueue<string>>();
expectTypeOf(Process.workers()).toEqualTypeOf<WorkerManager>();
expectTypeOf(Process.map([1, 2], (value) => String(value))).resolves.toEqualTypeOf<string[]>();
expectTypeOf(Process.fork(() => 1).result()).resolves.toEqualTypeOf<number>();
// @ts-expect-error: a token, and no class; the class is in the entry of its own
export const refused = new WorkerManager();
