import { ProcError } from '../errors/proc-error.js';
import { ProviderError } from '../errors/provider-error.js';
import type { Application } from './application.js';
import type { Bindings } from './bindings.js';
import { DeferredProvider } from './deferred-provider.js';
import { requireProvider } from './require-provider.js';
import type { ServiceProvider, ServiceProviderClass } from './service-provider.js';
import { StandIn, type Deferred } from './stand-in.js';

/** A place in the order of the providers; it has none as long as a deferred one has not been needed. */
interface Place {
  provider?: ServiceProvider;
  /** Its turn to shut down has come: nothing that began here now would ever be ended. */
  closed?: true;
}

/** The providers of an application: each class once, booted in order and shut down in reverse. */
export class ProviderRegistry {
  readonly #app: Application;
  readonly #bindings: Bindings;
  readonly #registered = new Map<ServiceProviderClass, ServiceProvider>();
  readonly #deferred = new Map<DeferredProvider, StandIn>();
  readonly #waiting: ServiceProvider[] = [];
  readonly #places: Place[] = [];
  #booting: Promise<void> | undefined;
  #hasBooted = false;
  /** Somebody waits for the boot that is under way, and so hears of its failure. */
  #awaited = false;
  /** What an asynchronous boot has ended with, until the next one. */
  #failure: Error | undefined;

  constructor(app: Application, bindings: Bindings) {
    this.#app = app;
    this.#bindings = bindings;
  }

  register(given: ServiceProviderClass | ServiceProvider): ServiceProvider {
    const type = typeof given === 'function' ? given : (given.constructor as ServiceProviderClass);
    const known = this.#registered.get(type);
    if (known !== undefined) return known;
    const provider = typeof given === 'function' ? new given(this.#app) : given;
    requireProvider(provider);
    this.#registered.set(type, provider);
    if (type.deferred === true) {
      const what = { name: type.name, provides: provider.provides() };
      this.#standIn(what, () => provider);
    } else {
      provider.register();
      this.#take({}, provider);
      this.#bootWhatWaits();
    }
    return provider;
  }

  /** Registers a provider without its module. */
  defer(deferred: DeferredProvider): void {
    if (this.#deferred.has(deferred)) return;
    let made: ServiceProvider | undefined;
    const make = (): ServiceProvider | undefined => {
      const type = deferred.load();
      const known = this.#registered.get(type);
      // Somebody may have registered it by hand.
      if (known !== undefined && known !== made) return undefined;
      made ??= new type(this.#app);
      this.#registered.set(type, made);
      return made;
    };
    this.#deferred.set(deferred, this.#standIn(deferred.deferral, make));
  }

  /** Boots what waits; `undefined` when that was synchronous. */
  boot(): Promise<void> | undefined {
    this.#hasBooted = true;
    this.#awaited = true;
    return this.#advance();
  }

  #advance(): Promise<void> | undefined {
    if (this.#booting !== undefined) return this.#booting;
    this.#failure = undefined;
    let provider = this.#waiting.shift();
    while (provider !== undefined) {
      const pending = this.#bootOne(provider);
      if (pending !== undefined) {
        this.#booting = pending
          .finally(() => {
            this.#booting = undefined;
          })
          .then(() => this.#advance());
        return this.#booting;
      }
      provider = this.#waiting.shift();
    }
    return undefined;
  }

  async shutdown(): Promise<void> {
    const failures: unknown[] = [];
    for (const place of this.#places.splice(0).reverse()) {
      // A boot that is still under way is let finish: what it made must be shut down too.
      await this.#booting?.catch(() => undefined);
      place.closed = true;
      try {
        // Read as late as this: what ends before it may have needed it.
        await place.provider?.shutdown();
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

  #take(place: Place, provider: ServiceProvider): void {
    if (!this.#places.includes(place)) this.#places.push(place);
    place.provider = provider;
    this.#waiting.push(provider);
  }

  /** @throws what a synchronous `boot` throws */
  #bootWhatWaits(): void {
    if (!this.#hasBooted) return;
    if (this.#booting === undefined) this.#awaited = false;
    this.#advance()?.catch((error: unknown) => {
      // The next boot tries again; nothing else would tell that it has to.
      if (!this.#awaited) process.emitWarning(String(error));
    });
  }

  /** Nobody awaits this boot: its failure is kept for those who need the provider next. */
  #bootWhatIsNeeded({ provider }: Place): void {
    const isBooted = provider !== undefined && !this.#waiting.includes(provider);
    if (!this.#hasBooted || isBooted) return;
    if (this.#failure !== undefined && provider !== undefined) throw this.#failure;
    this.#advance()?.catch(() => undefined);
  }

  #bootOne(provider: ServiceProvider): Promise<void> | undefined {
    try {
      const pending = provider.boot();
      return pending?.catch((error: unknown) => {
        this.#failure = this.#bootFailure(provider, error);
        throw this.#failure;
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

  #standIn(what: Deferred, make: () => ServiceProvider | undefined): StandIn {
    const place: Place = {};
    const standIn = new StandIn(this.#app, this.#bindings, what, {
      register: () => {
        if (place.closed) {
          throw new ProviderError(`Can not load ${what.name}: the application has been shut down.`);
        }
        const provider = make();
        if (provider === undefined) return;
        provider.register();
        this.#take(place, provider);
      },
      boot: () => {
        this.#bootWhatIsNeeded(place);
      },
    });
    standIn.install();
    this.#places.push(place);
    return standIn;
  }
}
