import fc from 'fast-check';
import type { OutputType } from '../../src/contracts/output-callback.js';
import type { Captured } from './captured.js';
import { bytes, cutAt, cuts } from './pieces.js';

/** One write of a program. */
export interface Print {
  readonly type: OutputType;
  readonly bytes: Buffer;
}

/** What a program prints on both streams, cut and mixed in every way. */
export const prints: fc.Arbitrary<readonly Print[]> = fc
  .tuple(bytes, bytes, cuts, cuts, fc.infiniteStream(fc.boolean()))
  .map(([out, err, outCuts, errCuts, turns]) => {
    const waiting = { out: [...cutAt(out, outCuts)], err: [...cutAt(err, errCuts)] };
    const mixed: Print[] = [];
    while (waiting.out.length + waiting.err.length > 0) {
      const wanted = turns.next().value === true ? 'out' : 'err';
      const type = waiting[wanted].length > 0 ? wanted : wanted === 'out' ? 'err' : 'out';
      const piece = waiting[type].shift();
      if (piece !== undefined && piece.length > 0) mixed.push({ type, bytes: piece });
    }
    return mixed;
  });

/** Everything that was printed on one stream. */
export function all(printed: readonly Print[], type: OutputType): Buffer {
  return Buffer.concat(printed.filter((print) => print.type === type).map((print) => print.bytes));
}

/** The pieces in order, neighbours of one stream joined: what is left of the cuts is the order of the streams. */
export function joined(pieces: Iterable<Print>): readonly Print[] {
  const runs: Print[] = [];
  for (const { type, bytes: piece } of pieces) {
    const last = runs.at(-1);
    if (last?.type === type)
      runs[runs.length - 1] = { type, bytes: Buffer.concat([last.bytes, piece]) };
    else runs.push({ type, bytes: piece });
  }
  return runs;
}

/** Prints the pieces one after the other, calls `between` before the piece of that number, and ends. */
export async function printAll(
  captured: Captured,
  pieces: readonly Print[],
  between: Readonly<Record<number, () => void>> = {},
): Promise<void> {
  for (const [index, { type, bytes: piece }] of pieces.entries()) {
    between[index]?.();
    await captured.print(piece, type);
  }
  between[pieces.length]?.();
  await captured.end();
}
