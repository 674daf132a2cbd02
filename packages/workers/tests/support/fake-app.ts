import { Application, ProcessManager, ProcessServiceProvider } from '@proc/core';
import { WorkerManager, WorkersServiceProvider } from '../../src/index.js';
import { type FakeWorkers, fakeWorkers } from '../../src/testing/index.js';

/** An application whose workers are faked, and what shuts it down. */
export interface FakeApp extends AsyncDisposable {
  readonly processes: ProcessManager;
  readonly workers: WorkerManager;
  readonly fakes: FakeWorkers;
}

export async function fakeApp(): Promise<FakeApp> {
  const app = new Application({ providers: [ProcessServiceProvider, WorkersServiceProvider] });
  await app.boot();
  const fakes = fakeWorkers(app, {});
  return {
    fakes,
    processes: app.get(ProcessManager),
    workers: app.get(WorkerManager),
    [Symbol.asyncDispose]: async () => {
      fakes.restore();
      await app.shutdown();
    },
  };
}
