import { writeSync } from 'node:fs';
import type { Writable } from 'node:stream';

/**
 * Writes a short text to a socket before it returns, if the system takes it. To write to the stream does the same, by
 * way of far more.
 *
 * What the system does not take at once the stream does, also where its descriptor can't be seen.
 */
export function writeNow(socket: Writable, text: string): void {
  const rest = socket.writableLength > 0 ? text : notTaken(socket, text);
  if (rest !== '') socket.write(rest);
}

/** @returns what is left of a text, of which each character is a byte */
function notTaken(socket: Writable, text: string): string {
  const descriptor = descriptorOf(socket);
  if (descriptor === undefined) return text;
  try {
    return text.slice(writeSync(descriptor, text, null, 'latin1'));
  } catch {
    // It is full, or the other end has gone: the stream can wait, and tells.
    return text;
  }
}

/** Node has no name for it; where it keeps it elsewhere, there is none. */
function descriptorOf(socket: object): number | undefined {
  const { _handle: handle } = socket as { _handle?: { fd?: unknown } | null };
  const descriptor = handle?.fd;
  return typeof descriptor === 'number' && descriptor >= 0 ? descriptor : undefined;
}
