import {
  Application,
  ProcessManager,
  ProcessServiceProvider,
  type ProcessConfig,
} from '@proc/core';
import { PipeServiceProvider } from '@proc/pipe';

/** That of `node:child_process`, or the one that the package of a driver runs these tests on. */
const testedDriver = process.env['PROC_TEST_DRIVER'] ?? 'node';

/** A booted application with pipelines. */
export async function createApplication(
  process: ProcessConfig = { default: testedDriver },
): Promise<Application> {
  const app = new Application({
    providers: [ProcessServiceProvider, PipeServiceProvider],
    config: { process },
  });
  await app.boot();
  return app;
}

/** Calls a test with a manager of its own, and leaves nothing of it behind. */
export async function withManager<Value>(
  use: (processes: ProcessManager) => Promise<Value>,
  process?: ProcessConfig,
): Promise<Value> {
  await using app = await createApplication(process);
  return await use(app.get(ProcessManager));
}
