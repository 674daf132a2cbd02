import type { ServiceIdentifier } from 'inversify';
import { ProcessManager } from '../contracts/process-manager.js';
import { ProviderError } from '../errors/provider-error.js';
import type { Application } from './application.js';
import type { Binding, Bindings } from './bindings.js';
import type { Deferral } from './deferred-provider.js';
import { onAnnouncement } from './service-class.js';

/** What waits to be needed. */
export type Deferred = Omit<Deferral, 'load'>;

/** What happens when it is. */
export interface Activation {
  register(): void;
  /**
   * Boots the provider, once the application has been booted; later calls try again what failed.
   *
   * @throws what a `boot` has thrown, or has rejected with since
   */
  boot(): void;
}

/** Takes the places of the services and macros of a provider, until one of them is used. */
export class StandIn {
  readonly #app: Application;
  readonly #bindings: Bindings;
  readonly #what: Deferred;
  readonly #activation: Activation;
  readonly #listeners: unknown[] = [];
  /** Our own bindings: what is bound to a token instead is somebody's who wants to see it there. */
  readonly #placeholders = new Map<ServiceIdentifier, Binding | undefined>();
  #loaded = false;

  constructor(app: Application, bindings: Bindings, what: Deferred, activation: Activation) {
    this.#app = app;
    this.#bindings = bindings;
    this.#what = what;
    this.#activation = activation;
  }

  /** @throws {@link ProviderError} when nothing would ever load the provider */
  install(): void {
    const { name, provides, aliases = {}, macros = [] } = this.#what;
    if (provides.length === 0 && macros.length === 0) {
      throw new ProviderError(
        `${name} is deferred but provides() names no service that would load it.`,
      );
    }
    for (const token of provides) this.#standFor(token);
    for (const [alias, token] of Object.entries(aliases)) this.#app.alias(alias, token);
    if (macros.length > 0) {
      this.#app.extend(ProcessManager, (manager) => {
        for (const macro of macros) this.#standForMacro(manager, macro);
        return manager;
      });
    }
  }

  #standFor(token: ServiceIdentifier): void {
    // What is bound already stays: by the very provider, registered by hand, or by somebody who wants it there.
    if (!this.#app.container.isCurrentBound(token)) this.#place(token);
    if (typeof token !== 'symbol') return;
    const unite = onAnnouncement(token, (type) => {
      this.#bindings.unite(token, type);
    });
    this.#listeners.push(unite);
  }

  #place(token: ServiceIdentifier): void {
    this.#bindings.transient(token, () => {
      this.#load();
      // Never seen: another binding has taken the place of this one.
      return undefined;
    });
    this.#placeholders.set(token, this.#bindings.current(token));
  }

  #missing(token: ServiceIdentifier): never {
    throw new ProviderError(
      `${this.#what.name} says that it provides ${labelOf(token)}, but does not bind it.`,
    );
  }

  #standForMacro(manager: ProcessManager, macro: string): void {
    if (manager.hasMacro(macro)) return;
    const current = (): unknown => Reflect.get(manager, macro);
    const standIn = (...args: never[]): unknown => {
      this.#load();
      const real = current();
      if (real !== placed) return (real as (...args: never[]) => unknown)(...args);
      const reason =
        this.#app.state === 'booted'
          ? 'but does not add it'
          : 'once the application has been booted';
      throw new ProviderError(`${this.#what.name} brings ProcessManager.${macro}(), ${reason}.`);
    };
    manager.macro(macro, standIn);
    const placed = current();
  }

  #load(): void {
    if (!this.#loaded) {
      // Before: what the provider registers may ask for what it provides.
      this.#loaded = true;
      try {
        this.#register();
      } catch (error) {
        this.#loaded = false;
        throw error;
      }
    }
    this.#activation.boot();
  }

  /** Lets the provider bind its services, except those that have been bound by others since. */
  #register(): void {
    const before = new Map<ServiceIdentifier, Binding>();
    const others = new Map<ServiceIdentifier, Binding>();
    for (const token of this.#what.provides) {
      const binding = this.#bindings.current(token);
      if (binding === undefined) continue;
      before.set(token, binding);
      if (binding !== this.#placeholders.get(token)) others.set(token, binding);
    }
    const fallbacks = new Set<Binding | undefined>();
    for (const token of before.keys()) {
      if (others.has(token)) continue;
      // Asked next, unless the provider binds the token now.
      this.#bindings.transient(token, () => this.#missing(token));
      fallbacks.add(this.#bindings.current(token));
    }
    try {
      this.#activation.register();
      this.#restore(others);
      for (const token of this.#what.provides) {
        if (others.has(token) || fallbacks.has(this.#bindings.current(token))) continue;
        // A service is not to be had of a provider that has failed to boot.
        this.#bindings.guard(token, () => {
          this.#activation.boot();
        });
      }
    } catch (error) {
      this.#restore(before);
      throw error;
    }
  }

  #restore(bindings: ReadonlyMap<ServiceIdentifier, Binding>): void {
    for (const [token, binding] of bindings) this.#bindings.restore(token, binding);
  }
}

function labelOf(token: ServiceIdentifier): string {
  return typeof token === 'function' ? token.name : String(token);
}
