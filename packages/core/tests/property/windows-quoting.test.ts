import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commandLine, quoteWindows } from '../../src/command/quote.js';
import { tries } from '../support/tries.js';
import { splitWindowsArguments } from '../support/windows-arguments.js';
import { words } from '../support/words.js';

/** Above all what the rules are about. */
const difficult = fc.string({ unit: fc.constantFrom('\\', '"', ' ', '\t', 'a'), maxLength: 10 });
const args = fc.array(fc.oneof(difficult, words), { maxLength: 6 });

it.each([
  // The examples of Microsoft's page.
  ['"a b c" d e', ['a b c', 'd', 'e']],
  ['"ab\\"c" "\\\\" d', ['ab"c', '\\', 'd']],
  ['a\\\\\\b d"e f"g h', ['a\\\\\\b', 'de fg', 'h']],
  ['a\\\\\\"b c d', ['a\\"b', 'c', 'd']],
  ['a\\\\\\\\"b c" d e', ['a\\\\b c', 'd', 'e']],
  ['a"b"" c d', ['ab" c d']],
])('the reference splits %j as Microsoft says', (line, expected) => {
  expect(splitWindowsArguments(line)).toEqual(expected);
});

it('quotes arguments so that the C runtime of Windows gives them back', () => {
  fc.assert(
    fc.property(args, (list) => {
      expect(splitWindowsArguments(list.map(quoteWindows).join(' '))).toEqual(list);
    }),
    tries(5000),
  );
});

it('prints a command line for Windows that means the same there', () => {
  fc.assert(
    fc.property(args, (list) => {
      const line = commandLine({ kind: 'argv', file: 'C:\\my tools\\x.exe', args: list }, 'win32');
      expect(splitWindowsArguments(line)).toEqual(['C:\\my tools\\x.exe', ...list]);
    }),
    tries(1000),
  );
});
