import type { ServiceIdentifier } from 'inversify';
import { ProcError } from '../errors/proc-error.js';
import { ProviderError } from '../errors/provider-error.js';
import type { Application } from './application.js';
import type { ServiceProvider, ServiceProviderClass } from './service-provider.js';

/** The providers of an application: each class once, booted in order and shut down in reverse. */
export class ProviderRegistry {
  readonly #app: Application;
  readonly #registered = new Map<ServiceProviderClass, ServiceProvider>();
  readonly #waiting: ServiceProvider[] = [];
  readonly #active: ServiceProvider[] = [];
  #booting: Promise<void> | undefined;
  #hasBooted = false;

  constructor(app: Application) {
    this.#app = app;
  }

  register(given: ServiceProviderClass | ServiceProvider): ServiceProvider {
    const type = typeof given === 'function' ? given : (given.constructor as ServiceProviderClass);
    const known = this.#registered.get(type);
    if (known !== undefined) return known;
    const provider = typeof given === 'function' ? new given(this.#app) : given;
    this.#registered.set(type, provider);
    if (type.deferred === true) this.#defer(provider);
    else this.#activate(provider);
    return provider;
  }

  /** Boots what waits; `undefined` when that was synchronous. */
  boot(): Promise<void> | undefined {
    this.#hasBooted = true;
    if (this.#booting !== undefined) return this.#booting;
    let provider = this.#waiting.shift();
    while (provider !== undefined) {
      const pending = this.#bootOne(provider);
      if (pending !== undefined) {
        this.#booting = pending
          .finally(() => {
            this.#booting = undefined;
          })
          .then(() => this.boot());
        return this.#booting;
      }
      provider = this.#waiting.shift();
    }
    return undefined;
  }

  async shutdown(): Promise<void> {
    // A boot that is still under way is let finish: what it made must be shut down too.
    await this.#booting?.catch(() => undefined);
    const failures: unknown[] = [];
    for (const provider of this.#active.splice(0).reverse()) {
      try {
        await provider.shutdown();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) {
      throw new AggregateError(
        failures,
        `${failures.length} service provider(s) failed to shut down`,
      );
    }
  }

  #activate(provider: ServiceProvider): void {
    provider.register();
    this.#active.push(provider);
    this.#waiting.push(provider);
    if (this.#hasBooted) void this.boot();
  }

  #bootOne(provider: ServiceProvider): Promise<void> | undefined {
    try {
      const pending = provider.boot();
      return pending?.catch((error: unknown) => {
        throw this.#bootFailure(provider, error);
      });
    } catch (error) {
      throw this.#bootFailure(provider, error);
    }
  }

  /** A provider that could not boot is tried again by the next boot: an application is not booted without it. */
  #bootFailure(provider: ServiceProvider, cause: unknown): Error {
    this.#waiting.unshift(provider);
    if (ProcError.is(cause)) return cause;
    const message = `${provider.constructor.name} failed to boot: ${String(cause)}`;
    return new ProviderError(message, { cause });
  }

  #defer(provider: ServiceProvider): void {
    const tokens: readonly ServiceIdentifier[] = provider.provides();
    if (tokens.length === 0) {
      throw new ProviderError(
        `${provider.constructor.name} is deferred but provides() names no service that would load it.`,
      );
    }
    let loaded = false;
    for (const token of tokens) {
      const refuse = (): never => {
        throw new ProviderError(
          `${provider.constructor.name} says that it provides ${String(token)}, but does not bind it.`,
        );
      };
      this.#app.bind(token, () => {
        if (loaded) return refuse();
        loaded = true;
        // Stays in place, and is asked next, unless the provider binds the token now.
        this.#app.bind(token, refuse);
        this.#activate(provider);
        return undefined;
      });
    }
  }
}
