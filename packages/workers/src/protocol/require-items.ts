import { showValue } from '@proc/core/essentials';
import { isErrorEnvelope } from '../errors/is-error-envelope.js';
import { WorkerProtocolError } from '../errors/worker-protocol-error.js';
import { Kind } from './frames.js';
import type { Item } from './plain-items.js';

/**
 * Checks what came from a worker, whose channel anybody in it can write to.
 *
 * @throws {@link WorkerProtocolError} for what no worker of ours says
 */
export function requireItems(items: readonly Item[]): void {
  for (const item of items) if (!isItem(item)) throw protocolError(item);
}

function isItem(item: unknown): boolean {
  if (!Array.isArray(item)) return false;
  const [kind, first, second, third] = item as Item;
  switch (kind) {
    case Kind.done:
      return isSeq(first) && isNumber(third);
    case Kind.error:
      return isSeq(first) && isErrorEnvelope(second) && isNumber(third);
    case Kind.started:
    case Kind.loading:
    case Kind.dropped:
    case Kind.emitted:
      return isSeq(first);
    case Kind.output:
      return isSeq(first) && (second === 1 || second === 2) && typeof third === 'string';
    case Kind.pong:
      return isNumber(first) && isNumber(second);
    case Kind.failed:
    case Kind.fatal:
      return isErrorEnvelope(first);
    default:
      return kind === Kind.ready || kind === Kind.ipc || kind === Kind.left;
  }
}

function isSeq(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}

function protocolError(item: unknown): WorkerProtocolError {
  return new WorkerProtocolError(
    `Something else than frames of a worker came through its channel: ${showValue(item)}.`,
  );
}
