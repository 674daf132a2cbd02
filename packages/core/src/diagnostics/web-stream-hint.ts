import { probe } from '../kernel/probe.js';

/** What is said where a writable stream of the web was given, and one of Node is needed; of all else nothing. */
export function webStreamHint(given: unknown): string {
  const isWeb = probe(() => typeof (given as WritableStream).getWriter === 'function') ?? false;
  return isWeb ? ' Writable.fromWeb(stream) of node:stream makes one of a WritableStream.' : '';
}
