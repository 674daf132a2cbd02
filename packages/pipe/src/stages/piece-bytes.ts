import { isUint8Array } from 'node:util/types';
import { InvalidArgumentError } from '@proc/core';

/** Whether what a stage hands on is lines or bytes. */
export type PieceMode = 'lines' | 'bytes';

/**
 * A piece as bytes.
 *
 * @throws {@link InvalidArgumentError} for what is neither text nor bytes
 */
export function pieceBytes(piece: unknown, mode: PieceMode): Buffer {
  if (isUint8Array(piece)) {
    return Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
  }
  if (typeof piece === 'string' || typeof piece === 'number' || typeof piece === 'boolean') {
    const text = String(piece);
    return Buffer.from(mode === 'bytes' || text.endsWith('\n') ? text : `${text}\n`);
  }
  throw new InvalidArgumentError(
    `A stage of a pipeline hands on strings, numbers, booleans and bytes, not ${nameOf(piece)}.`,
  );
}

function nameOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return typeof value;
  const { constructor } = value as { constructor?: { name?: unknown } };
  return typeof constructor?.name === 'string'
    ? `a value of type ${constructor.name}`
    : 'an object';
}
