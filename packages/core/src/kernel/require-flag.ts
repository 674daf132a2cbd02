import { showValue } from '../diagnostics/show-value.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';

/** A value that must be `true` or `false`. @throws {@link InvalidArgumentError} */
export function requireFlag(value: unknown, name: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new InvalidArgumentError(`${name} is true or false, not ${showValue(value)}.`);
}
