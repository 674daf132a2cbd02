import type { ServiceIdentifier } from 'inversify';
import { showValue } from '../diagnostics/show-value.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { ProviderError } from '../errors/provider-error.js';
import { readObject } from './read-object.js';
import { ServiceProvider, type ServiceProviderClass } from './service-provider.js';

const BRAND = Symbol.for('@proc/core/DeferredProvider');

/** What has to be known of a provider before its module is loaded. */
export interface Deferral {
  /** For messages, e.g. `ClockServiceProvider of @me/clock`. */
  readonly name: string;
  /**
   * Gives the provider's class, at once: `() => require('@me/clock').ClockServiceProvider`. Called when the provider is
   * needed, and never when it is not.
   */
  readonly load: () => ServiceProviderClass;
  /** The services that it binds; for a class, the token under which it was announced with {@link announceClass}. */
  readonly provides: readonly ServiceIdentifier[];
  /** Names for these services, as in `app.get('clock')`. */
  readonly aliases?: Readonly<Record<string, ServiceIdentifier>> | undefined;
  /** The methods that it adds to the process manager. */
  readonly macros?: readonly string[] | undefined;
}

/**
 * Stands in an application for a provider, whose module is loaded, and which is registered and booted, when one of its
 * services is first asked for, or one of its macros first called. It has its place in the order of providers from the
 * beginning: it is shut down before those that were registered before it, if it was needed at all. A service that is
 * bound by others, be it before or after, stays theirs. A token and the class that is announced for it are one service.
 *
 * @example
 * ```ts
 * const app = new Application({
 *   providers: [
 *     new DeferredProvider({
 *       name: 'ClockServiceProvider of @me/clock',
 *       load: () => require('@me/clock').ClockServiceProvider,
 *       provides: [Clock],
 *     }),
 *   ],
 * });
 * ```
 */
export class DeferredProvider {
  readonly [BRAND] = true;
  readonly deferral: Deferral;

  /** @throws {@link InvalidArgumentError} when the description can not be right */
  constructor(deferral: Deferral) {
    const known = ['name', 'load', 'provides', 'aliases', 'macros'];
    this.deferral = readObject(deferral, 'A deferred provider is described by', known);
    const { name, load, provides } = this.deferral;
    if (typeof name !== 'string' || name === '') {
      throw new InvalidArgumentError(`The name of a provider is a text, not ${showValue(name)}.`);
    }
    if (typeof load !== 'function') {
      throw new InvalidArgumentError(`load of ${name} is a function, not ${showValue(load)}.`);
    }
    if (!Array.isArray(provides)) {
      throw new InvalidArgumentError(`provides of ${name} is a list of tokens.`);
    }
  }

  get name(): string {
    return this.deferral.name;
  }

  /** @throws {@link ProviderError} when its module can not be loaded, or has no provider in it */
  load(): ServiceProviderClass {
    const { name, load } = this.deferral;
    let type: unknown;
    try {
      type = load();
    } catch (cause) {
      throw new ProviderError(`${name} could not be loaded: ${String(cause)}`, { cause });
    }
    if (typeof type === 'function' && type.prototype instanceof ServiceProvider) {
      return type as ServiceProviderClass;
    }
    throw new ProviderError(
      `${name} could not be loaded: load() is to give the class of a service provider at once, ` +
        `and gave ${showValue(type)}.`,
    );
  }
}

/** Whether a provider is a deferred one, of this or of another copy of the package. */
export function isDeferred(provider: object): provider is DeferredProvider {
  return BRAND in provider;
}
