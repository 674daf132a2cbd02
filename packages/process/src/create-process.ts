import { Application, ProcessManager, type ProcessConfig } from '@proc/core';
import { defaultProviders } from './default-providers.js';

/** A manager of its own; disposing it stops everything that it has started. */
export type DisposableProcessManager = ProcessManager & AsyncDisposable;

/**
 * Makes a process manager with pools, pipes and events, independent of the facade and of any other manager.
 *
 * @param config - as for {@link defineProcessConfig}
 * @throws {@link ConfigurationError} when the configuration is wrong
 *
 * @example
 * ```ts
 * await using processes = await createProcess({ default: 'node', timeout: '1m' });
 * const { stdout } = await processes.run('git rev-parse HEAD');
 * ```
 */
export async function createProcess(config: ProcessConfig = {}): Promise<DisposableProcessManager> {
  const app = new Application({ providers: defaultProviders, config: { process: config } });
  await app.boot();
  const manager = app.get(ProcessManager);
  Object.defineProperty(manager, Symbol.asyncDispose, { value: () => app.shutdown() });
  return manager as DisposableProcessManager;
}
