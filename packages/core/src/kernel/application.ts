import { Container, type ServiceIdentifier } from 'inversify';
import { ProviderError } from '../errors/provider-error.js';
import { Aliases } from './aliases.js';
import { Bindings, type Extender } from './bindings.js';
import { Configuration } from './configuration.js';
import { isDeferred, type DeferredProvider } from './deferred-provider.js';
import type { AnyContainer, UniversalContainer } from './inversify-types.js';
import { ProviderRegistry } from './provider-registry.js';
import { readObject } from './read-object.js';
import { requireContainer } from './require-container.js';
import { requireList } from './require-list.js';
import { requireProvider } from './require-provider.js';
import type { ServiceProvider, ServiceProviderClass } from './service-provider.js';
import { listenForSignals, type SignalListening } from './signal-listener.js';

/** How an application is made. */
export interface ApplicationOptions {
  /** Your own container, to which the services are added; default: a new one. */
  readonly container?: AnyContainer;
  /** Registered in this order, and shut down in reverse; default: none. */
  readonly providers?: readonly ProviderEntry[];
  /**
   * Values by key, e.g. `{ process: defineProcessConfig({ … }) }`; all but `process` are for providers of yours. What
   * belongs below `process` and stands beside it is refused by `ProcessServiceProvider`, unless another provider has
   * added defaults for that key with `mergeConfig`.
   */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** A provider, or what stands for one until it is needed. */
export type ProviderEntry = ServiceProviderClass | ServiceProvider | DeferredProvider;

/** `created` → `registered` → `booted` → `terminated`. */
export type ApplicationState = 'created' | 'registered' | 'booted' | 'terminated';

/** What can be resolved: a token, a class, or a name such as `'process.manager'`. */
export type ResolvableName = ServiceIdentifier | string;

/**
 * An inversify container with service providers, configuration and a life cycle, in the manner of Laravel.
 *
 * @example
 * ```ts
 * const app = new Application({ providers: [ProcessServiceProvider] });
 * await app.boot();
 * const processes = app.get(ProcessManager);
 * await app.shutdown();
 * ```
 */
export class Application implements AsyncDisposable {
  /** The inversify container behind it, yours where one was given. */
  readonly container: UniversalContainer;
  /** The values of the option `config`, by path. */
  readonly config: Configuration;
  readonly #bindings: Bindings;
  readonly #aliases = new Aliases();
  readonly #providers: ProviderRegistry;
  #state: ApplicationState = 'created';
  #shutdown: Promise<void> | undefined;
  #signals: SignalListening | undefined;

  /** @throws {@link InvalidArgumentError} for options that there are not, and what is no provider */
  constructor(options: ApplicationOptions = {}) {
    const known = ['container', 'providers', 'config'];
    const given = readObject(options, 'Options of an application are given as', known);
    this.container = requireContainer(given.container ?? new Container());
    this.config = new Configuration(given.config);
    this.#bindings = new Bindings(this.container);
    this.#providers = new ProviderRegistry(this, this.#bindings);
    this.instance(Application, this);
    this.instance(Container, this.container);
    const providers = requireList(
      given.providers ?? [],
      'Providers of an application are given as',
    );
    for (const provider of providers) this.register(provider);
  }

  /** Where it is in its life. */
  get state(): ApplicationState {
    return this.#state;
  }

  /**
   * Registers a provider, once per class. After {@link boot} it is booted at once; where its `boot` is asynchronous,
   * await {@link boot} again. One that is deferred is registered when it is needed, and so `undefined` now.
   *
   * @throws {@link InvalidArgumentError} for what is no provider
   */
  register(provider: ServiceProviderClass | ServiceProvider): ServiceProvider;
  register(provider: ProviderEntry): ServiceProvider | undefined;
  register(provider: ProviderEntry): ServiceProvider | undefined {
    this.#requireLife('register a provider');
    if (typeof provider !== 'function') requireProvider(provider);
    let registered: ServiceProvider | undefined;
    if (isDeferred(provider)) this.#providers.defer(provider);
    else registered = this.#providers.register(provider);
    if (this.#state === 'created') this.#state = 'registered';
    return registered;
  }

  /**
   * Boots the providers in the order of their registration, each awaited; providers booted before are left alone.
   * As long as their `boot` is synchronous, so is this: the state is `booted` on return.
   *
   * @throws a provider's own {@link ProcError}, or a {@link ProviderError} with what its `boot` threw as `cause`
   */
  boot(): Promise<void> {
    let pending: Promise<void> | undefined;
    try {
      this.#requireLife('boot');
      pending = this.#providers.boot();
    } catch (error) {
      return Promise.reject(error);
    }
    if (pending === undefined) {
      this.#state = 'booted';
      return Promise.resolve();
    }
    return pending.then(() => {
      if (this.#state !== 'terminated') this.#state = 'booted';
    });
  }

  /**
   * Shuts the providers down in reverse order. Idempotent.
   *
   * @throws {AggregateError} with the failures of all providers, after every one has been tried
   */
  shutdown(): Promise<void> {
    this.#shutdown ??= this.#terminate();
    return this.#shutdown;
  }

  /**
   * Resolves a service. A class that is not bound is made, with its dependencies injected.
   *
   * @throws {@link ProviderError} when nothing is bound; says what to register
   */
  get<T>(token: ServiceIdentifier<T>): T;
  get(name: string): unknown;
  get(name: ResolvableName): unknown {
    const token = typeof name === 'string' ? this.#aliases.resolve(name) : name;
    if (this.container.isBound(token)) return this.container.get(token);
    if (typeof token === 'function') {
      return this.container.get(token, { autobind: true });
    }
    throw new ProviderError(`Nothing is bound to ${String(token)}. Register ${providerOf(token)}.`);
  }

  /** Whether something is bound to a token, or to what a name stands for. */
  bound(name: ResolvableName): boolean {
    if (typeof name !== 'string') return this.#bindings.bound(name);
    return this.#aliases.has(name) && this.#bindings.bound(this.#aliases.resolve(name));
  }

  /** Binds a service that is made anew at each resolution. As in Laravel, a second binding wins. */
  bind<T>(token: ServiceIdentifier<T>, make: (app: Application) => T): this {
    this.#bindings.transient(token, () => make(this));
    return this;
  }

  /** Binds a service that is made once, at its first resolution. */
  singleton<T>(token: ServiceIdentifier<T>, make: (app: Application) => T): this {
    this.#bindings.singleton(token, () => make(this));
    return this;
  }

  /** As {@link singleton}, unless something is bound already: how a provider offers a default. */
  singletonIf<T>(token: ServiceIdentifier<T>, make: (app: Application) => T): this {
    return this.bound(token) ? this : this.singleton(token, make);
  }

  /** Binds a token to a value that is there already. */
  instance<T>(token: ServiceIdentifier<T>, value: T): this {
    this.#bindings.instance(token, value);
    return this;
  }

  /** Decorates a service, whether it has been resolved or not, now and after every later binding. */
  extend<T>(token: ServiceIdentifier<T>, extender: (service: T, app: Application) => T): this {
    const bound: Extender<T> = (service) => extender(service, this);
    this.#bindings.extend(token, bound);
    return this;
  }

  /** Gives a token a name for {@link get}. */
  alias(name: string, token: ServiceIdentifier): this {
    this.#aliases.set(name, token);
    return this;
  }

  /**
   * Shuts down on signals, by default SIGINT and SIGTERM, then lets the signal end this process. A second signal
   * does so at once. A library never does this unasked.
   *
   * @returns a function that stops listening
   */
  listenForSignals(signals?: readonly NodeJS.Signals[]): () => void {
    this.#signals?.stop();
    const listening = listenForSignals(() => this.shutdown(), signals);
    this.#signals = listening;
    return () => {
      listening.stop();
    };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.shutdown();
  }

  async #terminate(): Promise<void> {
    this.#state = 'terminated';
    try {
      await this.#providers.shutdown();
    } finally {
      this.#signals?.stop();
    }
  }

  #requireLife(what: string): void {
    if (this.#state === 'terminated') {
      throw new ProviderError(`Can not ${what}: the application has been shut down.`);
    }
  }
}

const PROVIDERS: Readonly<Record<string, string>> = {
  '@proc/core': 'ProcessServiceProvider of @proc/core',
  '@proc/ipc': 'IpcServiceProvider of @proc/ipc',
  '@proc/workers': 'WorkersServiceProvider of @proc/workers',
};

/** Tokens of ours are named after the package whose provider binds them. */
function providerOf(token: ServiceIdentifier): string {
  const name = typeof token === 'symbol' ? (token.description ?? '') : '';
  const [, owner] = /^(@proc\/[\w-]+)\//.exec(name) ?? [];
  if (owner === undefined) return 'the provider that brings it';
  return PROVIDERS[owner] ?? `the service provider of ${owner}`;
}
