import {
  Application,
  ProcessManager,
  ProcessServiceProvider,
  type ProcessConfig,
} from '@proc/core';
import { TestingServiceProvider } from '@proc/testing';

/** An application of its own for each test, and its manager. */
export async function testingManager(
  config: ProcessConfig = {},
): Promise<{ readonly app: Application; readonly processes: ProcessManager }> {
  const app = new Application({
    providers: [ProcessServiceProvider, TestingServiceProvider],
    config: { process: { default: 'node', ...config } },
  });
  await app.boot();
  return { app, processes: app.get(ProcessManager) };
}
