// The application comes from the inversify of the project, the tokens from that of @proc/process.
import assert from 'node:assert/strict';
import { Ipc, Parallel, Process, WorkerManager } from '@proc/process';

async function main(): Promise<void> {
  const app = Process.application;
  assert.equal(await app.get(Ipc).value('counter', { type: 'i32' }).increment(), 1);
  assert.deepEqual(await app.get(Parallel).map([1, 2], (value: number) => value * 2), [2, 4]);
  assert.equal(
    await app
      .get(WorkerManager)
      .defaultThreadPool()
      .run((n: number) => n, 3),
    3,
  );
  await app.shutdown();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
