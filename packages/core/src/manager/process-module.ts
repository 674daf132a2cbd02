import { ContainerModule } from 'inversify';
import type { UniversalContainerModule } from '../kernel/inversify-types.js';
import { EventDispatcher } from '../contracts/event-dispatcher.js';
import { ProcessManager } from '../contracts/process-manager.js';
import { NullEventDispatcher } from '../events/null-event-dispatcher.js';
import { createProcessManager } from './default-process-manager.js';
import { resolveProcessConfig } from './define-process-config.js';
import type { ProcessConfig } from './process-config.js';

/**
 * An inversify module that brings {@link ProcessManager} to a container without an `Application`. Unloading it
 * stops what the manager has started.
 *
 * @example
 * ```ts
 * const container = new Container();
 * await container.load(processModule({ default: 'node' }));
 * const processes = container.get(ProcessManager);
 * ```
 *
 * @throws {@link ConfigurationError}
 */
export function processModule(config: ProcessConfig = {}): UniversalContainerModule {
  const resolved = resolveProcessConfig(config);
  const silent = new NullEventDispatcher();
  const module: unknown = new ContainerModule(({ bind }) => {
    bind(ProcessManager)
      .toDynamicValue((context) => {
        const events = (): EventDispatcher =>
          context.get(EventDispatcher, { optional: true }) ?? silent;
        return createProcessManager(resolved, events);
      })
      .inSingletonScope()
      // On the binding: inversify does not wait for a handler that belongs to the module.
      .onDeactivation((manager) => manager.shutdown());
  });
  return module as UniversalContainerModule;
}
