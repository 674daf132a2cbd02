import { probe } from '../kernel/probe.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';

const TYPES: readonly string[] = ['object', 'string', 'number', 'boolean'];

/**
 * Checks what Node's channels refuse at once, whatever their serialization, so that every driver refuses it.
 *
 * @throws {@link InvalidArgumentError}
 */
export function requireSendable(message: unknown): void {
  if (!TYPES.includes(typeof message)) {
    throw new InvalidArgumentError(
      `A message is an object, a list, a text, a number, a boolean or null; got ${typeof message}.`,
    );
  }
  if (isReserved(message)) {
    throw new InvalidArgumentError(
      'A message whose "cmd" begins with "NODE_" is one of Node itself and would not arrive.',
    );
  }
}

function isReserved(message: unknown): boolean {
  if (typeof message !== 'object' || message === null) return false;
  const cmd = probe(() => (message as { readonly cmd?: unknown }).cmd);
  return typeof cmd === 'string' && cmd.startsWith('NODE_');
}
