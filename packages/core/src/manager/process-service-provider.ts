import { EventDispatcher } from '../contracts/event-dispatcher.js';
import { ProcessManager } from '../contracts/process-manager.js';
import { NullEventDispatcher } from '../events/null-event-dispatcher.js';
import { ServiceProvider } from '../kernel/service-provider.js';
import { createProcessManager } from './default-process-manager.js';
import { resolveProcessConfig } from './define-process-config.js';
import type { ProcessConfig } from './process-config.js';
import { refuseMisplaced } from './refuse-misplaced.js';

/** Brings {@link ProcessManager}, and an {@link EventDispatcher} that drops events until another one is bound. */
export class ProcessServiceProvider extends ServiceProvider {
  #manager: ProcessManager | undefined;

  override register(): void {
    this.#registerEvents();
    this.#registerManager();
  }

  /** Reads the configuration, so that a mistake in it is reported when the application starts. */
  override boot(): void {
    this.app.get(ProcessManager);
  }

  override async shutdown(): Promise<void> {
    await this.#manager?.shutdown();
  }

  #registerEvents(): void {
    this.app
      .singletonIf(EventDispatcher, () => new NullEventDispatcher())
      .alias('process.events', EventDispatcher);
  }

  #registerManager(): void {
    this.app
      .singleton(ProcessManager, (app) => {
        refuseMisplaced(app.config);
        const config = resolveProcessConfig(app.config.get<ProcessConfig>('process', {}));
        this.#manager = createProcessManager(config, () => app.get(EventDispatcher));
        return this.#manager;
      })
      .alias('process', ProcessManager)
      .alias('process.manager', ProcessManager);
  }
}
