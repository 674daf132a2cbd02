import type { RemoteFault } from '../wire/fault.js';

/** As deep as the causes of an error are followed. */
const DEPTH = 5;

/** What was thrown, as plain data. Never throws. */
export function remoteFault(thrown: unknown, depth = DEPTH): RemoteFault {
  try {
    if (typeof thrown !== 'object' || thrown === null || !('message' in thrown)) {
      return { name: 'Error', message: String(thrown) };
    }
    // Anything may be thrown, and call itself what it likes.
    const { name, message, stack, code, cause } = thrown as Readonly<Record<string, unknown>>;
    return {
      name: String(name),
      message: String(message),
      stack: typeof stack === 'string' ? stack : undefined,
      code: typeof code === 'string' || typeof code === 'number' ? code : undefined,
      cause: cause === undefined || depth === 0 ? undefined : remoteFault(cause, depth - 1),
    };
  } catch {
    return { name: 'Error', message: 'an error that can not be read' };
  }
}
