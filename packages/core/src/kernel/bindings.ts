import type { Container, ServiceIdentifier } from 'inversify';
import { ProviderError } from '../errors/provider-error.js';

/** Decorates a service; receives what there is and returns what takes its place. */
export type Extender<T> = (service: T) => T;

/** What a token is bound to; a new one with every binding. */
export interface Binding {
  readonly make: () => unknown;
  readonly shared: boolean;
  built?: { readonly value: unknown };
  /** Runs before each resolution; what it throws is thrown there. */
  check?: () => void;
}

/**
 * Laravel's binding rules on an inversify container: a second binding wins instead of being ambiguous, and an
 * extender works before and after the first resolution and survives a new binding.
 */
export class Bindings {
  readonly #container: Container;
  readonly #bindings = new Map<ServiceIdentifier, Binding>();
  readonly #extenders = new Map<ServiceIdentifier, readonly Extender<unknown>[]>();
  /** Tokens that are another name for a class. */
  readonly #classes = new Map<ServiceIdentifier, ServiceIdentifier>();

  constructor(container: Container) {
    this.#container = container;
  }

  /** A new instance at each resolution. */
  transient<T>(token: ServiceIdentifier<T>, make: () => T): void {
    this.#bind(token, { make, shared: false });
  }

  /** One instance, made at the first resolution. */
  singleton<T>(token: ServiceIdentifier<T>, make: () => T): void {
    this.#bind(token, { make, shared: true });
  }

  /** A value that exists already. It is not extended: it is what the caller wants to see. */
  instance<T>(token: ServiceIdentifier<T>, value: T): void {
    this.#bind(token, { make: () => value, shared: true, built: { value } });
  }

  extend<T>(given: ServiceIdentifier<T>, extender: Extender<T>): void {
    const token = this.#nameOf(given);
    const binding = this.#bindings.get(token) ?? this.#adopt(token);
    if (binding?.built !== undefined) {
      binding.built = { value: extender(binding.built.value as T) };
    }
    const known = this.#extenders.get(token) ?? [];
    this.#extenders.set(token, [...known, extender as Extender<unknown>]);
  }

  /** What the token is bound to now, as far as this table knows. */
  current(token: ServiceIdentifier): Binding | undefined {
    return this.#bindings.get(this.#nameOf(token));
  }

  /** Puts back what {@link current} gave, with all that has been made of it. */
  restore(token: ServiceIdentifier, binding: Binding): void {
    this.#bind(token, binding);
  }

  /** Runs `check` before each resolution of the token, until something else is bound to it. */
  guard(token: ServiceIdentifier, check: () => void): void {
    const binding = this.current(token);
    if (binding !== undefined) binding.check = check;
  }

  /**
   * From now on a token and a class are one service: what was bound to the token is bound to the class, unless that is
   * bound itself, and what extends one extends the other.
   */
  unite(token: ServiceIdentifier, type: ServiceIdentifier): void {
    if (this.#classes.has(token)) return;
    const named = this.#bindings.get(token);
    const extenders = this.#extenders.get(token) ?? [];
    this.#bindings.delete(token);
    this.#extenders.delete(token);
    this.#classes.set(token, type);
    if (named === undefined || this.#container.isCurrentBound(type)) {
      for (const extender of extenders) this.extend(type, extender);
      return;
    }
    // What has been made of it is extended already.
    this.#extenders.set(type, [...extenders, ...(this.#extenders.get(type) ?? [])]);
    this.#bind(type, named);
  }

  bound(token: ServiceIdentifier): boolean {
    return this.#container.isBound(token);
  }

  #nameOf(token: ServiceIdentifier): ServiceIdentifier {
    return this.#classes.get(token) ?? token;
  }

  #bind(given: ServiceIdentifier, binding: Binding): void {
    const token = this.#nameOf(given);
    const known = this.#bindings.has(token);
    this.#bindings.set(token, binding);
    if (known) return;
    if (this.#container.isCurrentBound(token)) unbindNow(this.#container, token);
    // One lasting, transient binding per token that asks this table: a second binding needs no unbinding (which
    // differs between inversify 7 and 8), and extenders reach a singleton that is built already.
    this.#container
      .bind(token)
      .toDynamicValue(() => this.#resolve(token))
      .inTransientScope();
  }

  /** Takes over what the user bound directly on the container, so that it can be extended. */
  #adopt(token: ServiceIdentifier): Binding | undefined {
    if (!this.#container.isCurrentBound(token)) return undefined;
    const value: unknown = this.#container.get(token);
    this.#bind(token, { make: () => value, shared: true, built: { value } });
    return this.#bindings.get(token);
  }

  #resolve(given: ServiceIdentifier): unknown {
    const token = this.#nameOf(given);
    const binding = this.#bindings.get(token);
    // Bound on the container itself.
    if (binding === undefined && token !== given) return this.#container.get(token);
    if (binding === undefined) throw new ProviderError(`Nothing is bound to ${String(token)}.`);
    binding.check?.();
    if (binding.built !== undefined) return binding.built.value;
    let value = binding.make();
    // A deferred provider binds the real service while its placeholder is being resolved.
    if (this.current(token) !== binding) return this.#resolve(token);
    for (const extender of this.#extenders.get(this.#nameOf(token)) ?? []) {
      value = extender(value);
    }
    if (binding.shared) binding.built = { value };
    return value;
  }
}

/** Unbinds synchronously: `unbindSync` in inversify 7, `unbind` in 8. */
function unbindNow(container: Container, token: ServiceIdentifier): void {
  const either = container as unknown as {
    unbindSync?: (token: ServiceIdentifier) => void;
    unbind: (token: ServiceIdentifier) => void;
  };
  if (either.unbindSync === undefined) either.unbind(token);
  else either.unbindSync(token);
}
