import { showValue } from '../diagnostics/show-value.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import type { UniversalContainer } from './inversify-types.js';

/**
 * The same, if it is a container; one of another copy of inversify serves as well.
 *
 * @throws {@link InvalidArgumentError} for anything else
 */
export function requireContainer(value: unknown): UniversalContainer {
  const { bind, isCurrentBound } = (value ?? {}) as Partial<UniversalContainer>;
  if (typeof bind === 'function' && typeof isCurrentBound === 'function') {
    return value as UniversalContainer;
  }
  throw new InvalidArgumentError(
    `The container of an application is one of inversify; got ${showValue(value)}.`,
  );
}
