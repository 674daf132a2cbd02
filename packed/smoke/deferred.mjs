// Workers and IPC belong to the one package, and are loaded when they are used.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { Ipc, IpcHub, Process, WorkerManager, createProcess } from '@proc/process';

const { cache } = createRequire(import.meta.url);
const loaded = (name) =>
  Object.keys(cache).some((file) =>
    file.replaceAll('\\', '/').includes(`/node_modules/@proc/${name}/`),
  );

assert.ok(loaded('core'));
const manager = await createProcess();
assert.ok(manager.hasMacro('map'));
assert.deepEqual([loaded('workers'), loaded('ipc')], [false, false]);

assert.deepEqual(await manager.map([1, 2, 3], (value) => value * 2), [2, 4, 6]);
assert.equal(loaded('workers'), true);
const forked = await manager.fork((name) => console.log(`hello ${name}`), ['fork']).start();
assert.equal(await forked.wait(), 0);
await manager[Symbol.asyncDispose]();

const { application } = Process;
assert.deepEqual(await Process.tasks([() => 1, () => 2], { type: 'thread' }), [1, 2]);
const { WorkerManager: workerClass } = await import('@proc/process/workers');
assert.ok(application.get(WorkerManager) instanceof workerClass);
assert.equal(application.get(workerClass), Process.workers());

const ipc = application.get(Ipc);
await ipc.lock('report').withLock(() => undefined);
const { IpcHub: hubClass } = await import('@proc/process/ipc');
assert.equal(application.get(hubClass), application.get(IpcHub));
assert.equal(application.get('process.ipc'), ipc);
await application.shutdown();
