import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { matchesWildcard } from '../../src/matching/wildcard.js';

/** What patterns of other kinds would make something of, and what is more than one unit of UTF-16. */
const piece = fc.constantFrom(
  'a',
  'b',
  'ab',
  '\n',
  '\r\n',
  '[',
  ']',
  '\\',
  '.',
  '?',
  '$',
  '🙂',
  'é',
);
const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
const pattern = fc
  .array(fc.oneof(piece, fc.constant('*')), { maxLength: 8 })
  .map((pieces) => pieces.join(''));

/** The rule itself, letter by letter: `*` is any run, everything else is what it is. */
function fits(wanted: string, found: string): boolean {
  if (wanted === '') return found === '';
  const letter = wanted.charAt(0);
  if (letter !== '*') return letter === found.charAt(0) && fits(wanted.slice(1), found.slice(1));
  return fits(wanted.slice(1), found) || (found !== '' && fits(wanted, found.slice(1)));
}

describe('wildcards', () => {
  it('have no sign but the star, whatever else stands in them', () => {
    fc.assert(
      fc.property(pattern, text, (wanted, found) => {
        expect(matchesWildcard(wanted, found)).toBe(fits(wanted, found));
      }),
      { numRuns: 2000 },
    );
  });

  it('fit what they were made of', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), fc.array(text), (parts, fillings) => {
        const found = parts.map((part, i) => (i === 0 ? '' : (fillings[i] ?? '')) + part).join('');
        expect(matchesWildcard(parts.join('*'), found)).toBe(true);
      }),
    );
  });
});
