import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LineSplitter, splitLines } from '../../src/capture/line-splitter.js';
import { cutAt, cuts, everyCut, texts } from '../support/pieces.js';
import { tries } from '../support/tries.js';

function linesOf(pieces: readonly string[]): readonly string[] {
  const splitter = new LineSplitter();
  const lines = pieces.flatMap((piece) => splitter.push(piece));
  const rest = splitter.flush();
  return rest === undefined ? lines : [...lines, rest];
}

/** The rule, said in another way: a line ends with LF, and takes one CR before it along. */
function reference(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

it('finds the same lines wherever the text is cut', () => {
  fc.assert(
    fc.property(texts, cuts, (text, places) => {
      const expected = reference(text);
      for (const pieces of everyCut(text)) expect(linesOf(pieces)).toEqual(expected);
      expect(linesOf(cutAt(text, places))).toEqual(expected);
      expect(splitLines(text)).toEqual(expected);
    }),
    tries(500),
  );
});

it('never gives a line that later text could still change', () => {
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const splitter = new LineSplitter();
      const early = splitter.push(before);
      expect(reference(before + after).slice(0, early.length)).toEqual(early);
    }),
    tries(500),
  );
});
