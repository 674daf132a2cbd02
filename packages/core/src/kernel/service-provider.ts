import type { ServiceIdentifier } from 'inversify';
import type { Application } from './application.js';

/**
 * Brings a package's services into an application: each package has exactly one.
 *
 * @example
 * ```ts
 * class ClockServiceProvider extends ServiceProvider {
 *   override register(): void {
 *     this.app.singleton(Clock, () => new SystemClock());
 *   }
 * }
 * ```
 */
export abstract class ServiceProvider {
  /** A deferred provider is registered when one of the services it {@link provides} is first asked for. */
  static readonly deferred: boolean = false;

  constructor(protected readonly app: Application) {}

  /** Binds services, and nothing else: the services of other providers may not be there yet. */
  register(): void {}

  /**
   * Runs after every provider has been registered; may use any service. Providers boot in order, each awaited; a
   * deferred provider boots synchronously, or else its services may be had before it has ended. What has failed to boot
   * is tried again by the next {@link Application.boot}; until then its services throw that failure.
   */
  boot(): void | Promise<void> {}

  /** Gives back what the provider holds. Runs in reverse order of booting. */
  shutdown(): void | Promise<void> {}

  /** The tokens that a deferred provider binds. */
  provides(): readonly ServiceIdentifier[] {
    return [];
  }

  /** Adds defaults to the configuration below `key`: shallow, the user's values win. */
  protected mergeConfig(key: string, defaults: Readonly<Record<string, unknown>>): void {
    this.app.config.merge(key, defaults);
  }
}

/** A provider's class. */
export interface ServiceProviderClass {
  readonly deferred?: boolean;
  readonly name: string;
  new (app: Application): ServiceProvider;
}
