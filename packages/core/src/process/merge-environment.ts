import { unpassable } from '../command/unpassable.js';
import type { EnvironmentMap } from '../contracts/environment-spec.js';
import { isSecret, type Secret } from '../redaction/secret.js';
import { shorten } from '../diagnostics/show-value.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { readObject } from '../kernel/read-object.js';

/** The changeable part of an environment. */
export interface EnvironmentDraft {
  set: Readonly<Record<string, string | Secret>>;
  unset: readonly string[];
}

/**
 * Adds variables to an environment; the last word on a name holds.
 *
 * @throws {@link InvalidArgumentError} for a name that is empty or contains `=`, and for a name or value that contains
 *   NUL or half of a surrogate pair
 */
export function mergeEnvironment(env: EnvironmentDraft, variables: EnvironmentMap): void {
  const own = readObject(variables, 'Environment variables are given as');
  const set = new Map(Object.entries(env.set));
  const unset = new Set(env.unset);
  for (const [name, value] of Object.entries(own)) {
    if (name === '' || name.includes('=') || unpassable(name) !== undefined) {
      throw new InvalidArgumentError(
        `${JSON.stringify(shorten(name))} can not be the name of a variable.`,
      );
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

function valueText(name: string, value: unknown): string | Secret {
  if (isSecret(value)) return value;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new InvalidArgumentError(
      `The variable ${shorten(name)} must be a string, number or boolean.`,
    );
  }
  const text = String(value);
  const problem = unpassable(text);
  if (problem !== undefined) {
    throw new InvalidArgumentError(
      `The value of the variable ${shorten(name)} contains ${problem}.`,
    );
  }
  return text;
}
