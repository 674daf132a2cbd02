import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OutputDecoder } from '../../src/capture/output-decoder.js';
import { bytes, cutAt, cuts, everyCut } from '../support/pieces.js';
import { tries } from '../support/tries.js';

const ENCODINGS = ['utf8', 'utf16le', 'latin1', 'ascii', 'base64', 'base64url', 'hex'] as const;

function decoded(encoding: BufferEncoding, pieces: readonly Buffer[]): string {
  const decoder = new OutputDecoder(encoding);
  return pieces.map((piece) => decoder.decode('out', piece)).join('') + decoder.flush('out');
}

it.each(ENCODINGS)(
  '%s comes out as if it had arrived in one piece, wherever it is cut',
  (encoding) => {
    fc.assert(
      fc.property(bytes, cuts, (whole, places) => {
        const expected = whole.toString(encoding);
        for (const pieces of everyCut(whole)) expect(decoded(encoding, pieces)).toBe(expected);
        expect(decoded(encoding, cutAt(whole, places))).toBe(expected);
      }),
      tries(200),
    );
  },
);

it('decodes each stream as if there were no other', () => {
  fc.assert(
    fc.property(bytes, bytes, cuts, (out, err, places) => {
      const decoder = new OutputDecoder('utf8');
      const texts = { out: '', err: '' };
      const errPieces = cutAt(err, places);
      for (const [index, piece] of cutAt(out, places).entries()) {
        texts.out += decoder.decode('out', piece);
        texts.err += decoder.decode('err', errPieces[index] ?? Buffer.alloc(0));
      }
      texts.out += decoder.flush('out');
      texts.err += decoder.flush('err');
      expect(texts).toEqual({ out: out.toString(), err: err.toString() });
    }),
    tries(200),
  );
});
