import { InvalidArgumentError } from '@proc/core/essentials';
import { showValue } from '@proc/core/essentials';

/** A class of errors; how its constructor is called does not matter. */
export type ErrorClass = abstract new (...args: never[]) => Error;

const known = new Map<string, ErrorClass>(
  [
    Error,
    TypeError,
    RangeError,
    SyntaxError,
    ReferenceError,
    EvalError,
    URIError,
    AggregateError,
  ].map((type) => [type.name, type]),
);

/**
 * Lets errors of a class arrive from workers as such, so that `instanceof` finds them; others arrive as
 * {@link RemoteError}. The class is found by its name. No constructor runs: own properties are copied, private fields
 * are not there.
 *
 * @throws {@link InvalidArgumentError} for what is no class of errors, or when another class has the name
 */
export function registerErrorClass(type: ErrorClass): void {
  const isClass = typeof type === 'function' && (type.prototype as unknown) instanceof Error;
  if (!isClass || type.name === '') {
    throw new InvalidArgumentError(
      `A class of errors extends Error and has a name, but this was given: ${showValue(type)}.`,
    );
  }
  const other = known.get(type.name);
  if (other !== undefined && other !== type) {
    throw new InvalidArgumentError(`Another class of errors is registered as "${type.name}".`);
  }
  known.set(type.name, type);
}

/** The class of that name, if it was registered. */
export function errorClass(name: string): ErrorClass | undefined {
  return known.get(name);
}
