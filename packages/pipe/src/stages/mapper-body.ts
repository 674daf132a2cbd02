import { isUint8Array } from 'node:util/types';
import { InvalidArgumentError } from '@proc/core';
import { LineReader } from '../streams/line-reader.js';
import { pieceBytes, type PieceMode } from './piece-bytes.js';
import type { StageBody } from './stage-body.js';
import type { StageContext } from './stage-function.js';

/** A function from one piece to one, several or none. */
export type MapFunction = (piece: string | Buffer, context: StageContext) => unknown;

/** What is gathered before it is handed on: one write per line would be slow. */
const BATCH_BYTES = 64 * 1024;

/** A stage whose output is what a function returns for each line or chunk. */
export function mapperBody(map: MapFunction, mode: PieceMode): StageBody {
  return async function* (source, context) {
    const reader = new LineReader();
    for await (const chunk of source as AsyncIterable<Buffer>) {
      const pieces = mode === 'lines' ? reader.push(chunk) : [chunk];
      yield* mapPieces(pieces, (piece) => map(piece, context), mode);
    }
    yield* mapPieces(reader.end(), (piece) => map(piece, context), mode);
  };
}

async function* mapPieces(
  pieces: readonly (string | Buffer)[],
  map: (piece: string | Buffer) => unknown,
  mode: PieceMode,
): AsyncGenerator<Buffer, void, undefined> {
  let batch: Buffer[] = [];
  let size = 0;
  const take = (): Buffer => {
    const joined = Buffer.concat(batch, size);
    batch = [];
    size = 0;
    return joined;
  };
  for (const piece of pieces) {
    let output = map(piece);
    if (isThenable(output)) {
      // What is ready must not wait for what may take long.
      if (size > 0) yield take();
      output = await output;
    }
    for (const part of partsOf(output)) {
      if (part === null || part === undefined) continue;
      const bytes = pieceBytes(part, mode);
      batch.push(bytes);
      size += bytes.length;
      if (size >= BATCH_BYTES) yield take();
    }
  }
  if (size > 0) yield take();
}

function partsOf(output: unknown): Iterable<unknown> {
  if (typeof output !== 'object' || output === null || isUint8Array(output)) return [output];
  if (Symbol.iterator in output) return output as Iterable<unknown>;
  if (Symbol.asyncIterator in output || 'getReader' in output || 'readable' in output) {
    throw new InvalidArgumentError(
      'The function of a stage returned a stream or an async iterable for a single piece. To work on all of the ' +
        'input, declare an async generator function; to make a stream, a function without parameters.',
    );
  }
  return [output];
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
