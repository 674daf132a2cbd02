import { EventDispatcher, ServiceProvider, type Application } from '@proc/core';
import { EmitteryDispatcher, type EmitteryDispatcherOptions } from './emittery-dispatcher.js';

/**
 * Binds a dispatcher that delivers in place of core's silent one, also under the name `process.events`.
 *
 * To say what becomes of the errors of listeners, register an instance:
 *
 * @example
 * ```ts
 * app.register(new EventServiceProvider(app, { onListenerError: (error) => log.error(error) }));
 * ```
 */
export class EventServiceProvider extends ServiceProvider {
  readonly #options: EmitteryDispatcherOptions;

  constructor(app: Application, options: EmitteryDispatcherOptions = {}) {
    super(app);
    this.#options = options;
  }

  override register(): void {
    this.app.singleton(EventDispatcher, () => new EmitteryDispatcher(this.#options));
    this.app.alias('process.events', EventDispatcher);
  }
}
