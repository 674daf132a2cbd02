import {
  Application,
  ProcessManager,
  ProcessServiceProvider,
  type ProcessConfig,
} from '@proc/core';
import { PipeServiceProvider } from '@proc/pipe';

/** A booted application with pipelines. */
export async function createApplication(
  process: ProcessConfig = { default: 'node' },
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
