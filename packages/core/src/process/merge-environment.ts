import type { EnvironmentMap } from '../contracts/environment-spec.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';

/** The changeable part of an environment. */
export interface EnvironmentDraft {
  set: Readonly<Record<string, string>>;
  unset: readonly string[];
}

/**
 * Adds variables to an environment; the last word on a name holds.
 *
 * @throws {@link InvalidArgumentError} for a name that is empty or contains `=` or NUL, or a value that contains NUL
 */
export function mergeEnvironment(env: EnvironmentDraft, variables: EnvironmentMap): void {
  if (typeof variables !== 'object' || (variables as unknown) === null) {
    throw new InvalidArgumentError('Environment variables are given as an object.');
  }
  const set = new Map(Object.entries(env.set));
  const unset = new Set(env.unset);
  for (const [name, value] of Object.entries(variables)) {
    if (name === '' || /[=\0]/.test(name)) {
      throw new InvalidArgumentError(`${JSON.stringify(name)} can not be the name of a variable.`);
    }
    if (value === false || value === null || value === undefined) {
      set.delete(name);
      unset.add(name);
    } else {
      set.set(name, valueText(name, value));
      unset.delete(name);
    }
  }
  // fromEntries defines its properties, so that a variable may be called `__proto__`.
  env.set = Object.fromEntries(set);
  env.unset = [...unset];
}

function valueText(name: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new InvalidArgumentError(`The variable ${name} must be a string, number or boolean.`);
  }
  const text = String(value);
  if (text.includes('\0')) {
    throw new InvalidArgumentError(`The value of the variable ${name} contains a NUL character.`);
  }
  return text;
}
