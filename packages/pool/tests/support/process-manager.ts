import { Application, ProcessManager, ProcessServiceProvider } from '@proc/core';
import { PoolServiceProvider } from '@proc/pool';

/**
 * An application with pools, on the driver of `node:child_process`. Pools are wide enough by default for what the tests
 * start at once, on any machine.
 */
export function application(config: Record<string, unknown> = {}): Application {
  const app = new Application({
    providers: [ProcessServiceProvider, PoolServiceProvider],
    config: {
      process: {
        default: process.env['PROC_TEST_DRIVER'] ?? 'node',
        pool: { concurrency: 8 },
        ...config,
      },
    },
  });
  void app.boot();
  return app;
}

/** The manager of such an application. */
export function processManager(config?: Record<string, unknown>): ProcessManager {
  return application(config).get(ProcessManager);
}
