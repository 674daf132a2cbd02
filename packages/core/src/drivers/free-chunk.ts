import { types } from 'node:util';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { probe } from '../kernel/probe.js';

/** What is smaller is freed by a collection of young objects for less than it costs here. */
const LEAST = 16 * 1024;

let closed: MessagePort | undefined;

/**
 * Frees the memory of a chunk that nobody uses any more; it is empty from then on. Where it shares its memory with
 * others it stays as it is.
 *
 * Left to V8, chunks pile up until a collection, and their sizes bring on collections of the whole heap: of a gigabyte
 * that is read, these would cost about as much as all the rest.
 */
export function freeChunk(chunk: Buffer): void {
  const { buffer, length } = chunk;
  if (length < LEAST || length !== buffer.byteLength || !types.isArrayBuffer(buffer)) return;
  const port = (closed ??= closedPort());
  // By the HTML standard, what is transferred to a port without another end is lost, and detached all the same. Memory
  // that may not be transferred, as the pool of Node 24, stays.
  probe(() => {
    port.postMessage(null, [buffer]);
  });
}

function closedPort(): MessagePort {
  const { port1 } = new MessageChannel();
  port1.close();
  return port1;
}
