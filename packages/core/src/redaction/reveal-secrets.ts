import { probe } from '../kernel/probe.js';
import { isSecret } from './secret.js';
import type { SecretTable } from './secret-table.js';

/**
 * A message with the values in the place of its secrets, of which note is taken; the message itself where it has none.
 * Looks into lists and plain objects.
 */
export function revealSecrets(message: unknown, secrets: SecretTable): unknown {
  // What can not even be looked at has no secrets that could be found; the channel refuses it.
  const looked = probe(() => ({ message: reveal(message, secrets, new Map()) }));
  return looked === undefined ? message : looked.message;
}

/** @param met - what has become of the objects that have been met; those that are being looked at are as they were */
function reveal(value: unknown, secrets: SecretTable, met: Map<object, unknown>): unknown {
  if (isSecret(value)) {
    secrets.hide(value);
    return value.reveal();
  }
  if (!isContainer(value)) return value;
  // What contains itself is refused or carried by the channel; here it is enough not to go round in it.
  if (met.has(value)) return met.get(value);
  met.set(value, value);
  const changes = Object.entries(value).flatMap(([key, item]) => {
    const revealed = reveal(item, secrets, met);
    return revealed === item ? [] : [[key, revealed] as const];
  });
  if (changes.length === 0) return value;
  const clear = new Map<string, unknown>(changes);
  const entries = Object.entries(value).map(
    ([key, item]) => [key, clear.has(key) ? clear.get(key) : (item as unknown)] as const,
  );
  const copy: unknown = Array.isArray(value)
    ? Array.from(value, (item: unknown, index) => clear.get(String(index)) ?? item)
    : Object.fromEntries(entries);
  met.set(value, copy);
  return copy;
}

function isContainer(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // A plain object of another realm has another Object.prototype, which is one with nothing above it too.
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  return Array.isArray(value) || isPlain;
}
