import type { ServiceIdentifier } from 'inversify';
import { ProcessManager } from '../contracts/process-manager.js';
import { ProviderError } from '../errors/provider-error.js';
import type { Application } from './application.js';
import type { Deferral } from './deferred-provider.js';
import { announcedClass, onAnnouncement } from './service-class.js';

/** What waits to be needed. */
export type Deferred = Omit<Deferral, 'load'>;

/** What happens when it is. */
export interface Activation {
  register(): void;
  /** Boots the provider, once the application has been booted; later calls try again what failed. */
  boot(): void;
}

/** Takes the places of the services and macros of a provider, until one of them is used. */
export class StandIn {
  readonly #app: Application;
  readonly #what: Deferred;
  readonly #activation: Activation;
  readonly #listeners: unknown[] = [];
  #loaded = false;

  constructor(app: Application, what: Deferred, activation: Activation) {
    this.#app = app;
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
    const placeholder = (): unknown => {
      if (this.#loaded) return this.#served(token);
      // Stays in place, and is asked next, unless the provider binds the token now.
      this.#app.bind(token, () => this.#served(token));
      try {
        this.#load();
      } catch (error) {
        if (!this.#isLoaded()) this.#app.bind(token, placeholder);
        throw error;
      }
      return undefined;
    };
    this.#app.bind(token, placeholder);
    if (typeof token !== 'symbol') return;
    const standForClass = onAnnouncement(token, (type) => {
      if (!this.#loaded && !this.#app.container.isCurrentBound(type)) this.#standFor(type);
    });
    this.#listeners.push(standForClass);
  }

  /** The service of a token that the provider has not bound itself: perhaps it has bound the class of that token. */
  #served(token: ServiceIdentifier): unknown {
    const type = typeof token === 'symbol' ? announcedClass(token) : undefined;
    if (type !== undefined && this.#app.bound(type)) return this.#app.get(type);
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

  /** Read anew: loading changes it. */
  #isLoaded(): boolean {
    return this.#loaded;
  }

  #load(): void {
    if (!this.#loaded) {
      // Before: what the provider registers may ask for what it provides.
      this.#loaded = true;
      try {
        this.#activation.register();
      } catch (error) {
        this.#loaded = false;
        throw error;
      }
    }
    this.#activation.boot();
  }
}

function labelOf(token: ServiceIdentifier): string {
  return typeof token === 'function' ? token.name : String(token);
}
