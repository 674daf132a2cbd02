import { showValue } from '../diagnostics/show-value.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { isDeferred } from './deferred-provider.js';

/**
 * Refuses what is no provider: what an import with a mistyped name gives, say, or one that is part of a cycle.
 *
 * @param provider - an object, not its class
 * @throws {@link InvalidArgumentError}
 */
export function requireProvider(provider: unknown): void {
  if (typeof provider === 'object' && provider !== null) {
    const { register } = provider as { readonly register?: unknown };
    if (typeof register === 'function' || isDeferred(provider)) return;
  }
  throw new InvalidArgumentError(
    `A provider is a class that extends ServiceProvider, an object of one, or deferred; got ${showValue(provider)}.`,
  );
}
