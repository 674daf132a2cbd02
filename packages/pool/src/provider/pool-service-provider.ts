import { EventDispatcher, ProcessManager, ServiceProvider, type Application } from '@proc/core';
import type { Concurrency } from '../contracts/concurrency.js';
import type { GateOptions } from '../contracts/gate-options.js';
import type { PoolEnvironment } from '../contracts/pool-environment.js';
import { PoolFactory } from '../pool-factory.js';
import { addPoolMacros } from './install-pool.js';

/**
 * Brings `pool` and `concurrently` to the process manager, and {@link PoolFactory} (`'process.pool'`) to the
 * container. Reads `process.pool` of the configuration. At shutdown, pools that run are stopped.
 */
export class PoolServiceProvider extends ServiceProvider {
  override register(): void {
    this.app.singleton(PoolFactory, (app) => new PoolFactory(new ApplicationEnvironment(app)));
    this.app.alias('process.pool', PoolFactory);
  }

  override boot(): void {
    addPoolMacros(this.app.get(ProcessManager), this.app.get(PoolFactory));
  }

  override shutdown(): Promise<void> {
    return this.app.get(PoolFactory).stop();
  }
}

/** Asks the application anew for each pool, so that what is bound later counts. */
class ApplicationEnvironment implements PoolEnvironment {
  readonly #app: Application;

  constructor(app: Application) {
    this.#app = app;
  }

  get manager(): ProcessManager {
    return this.#app.get(ProcessManager);
  }

  get events(): EventDispatcher {
    return this.#app.get(EventDispatcher);
  }

  get concurrency(): Concurrency | undefined {
    return this.#app.config.get<Concurrency | undefined>('process.pool.concurrency');
  }

  get gates(): GateOptions | undefined {
    return this.#app.config.get<GateOptions | undefined>('process.pool');
  }
}
