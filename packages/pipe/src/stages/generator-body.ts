import { linesOf } from '../streams/line-reader.js';
import { pieceBytes, type PieceMode } from './piece-bytes.js';
import type { StageBody } from './stage-body.js';
import type { StageContext } from './stage-function.js';

/** An async generator function: gets the whole input at once. */
export type GeneratorFunction = (
  input: AsyncIterable<unknown>,
  context: StageContext,
) => AsyncIterable<unknown>;

/** A stage whose output is what an async generator yields. */
export function generatorBody(generate: GeneratorFunction, mode: PieceMode): StageBody {
  return async function* (source, context) {
    const input = mode === 'lines' ? linesOf(source) : source;
    for await (const piece of generate(input, context)) {
      if (piece !== null && piece !== undefined) yield pieceBytes(piece, mode);
    }
  };
}

/** Whether a function is an async generator function, of whatever realm. */
export function isGeneratorFunction(value: unknown): value is GeneratorFunction {
  return Object.prototype.toString.call(value) === '[object AsyncGeneratorFunction]';
}
