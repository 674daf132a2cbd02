import fc from 'fast-check';

/** Words that mean something to some shell, parser or program. */
const HOSTILE = [
  '',
  ' ',
  '\t',
  '\n',
  '\r\n',
  ' a ',
  "'",
  '"',
  `it's`,
  `'"'"'`,
  '`x`',
  '$(x)',
  '$((1))',
  '${x}',
  '$HOME',
  '$$',
  '%PATH%',
  '!PATH!',
  '^&|<>()',
  'a=b',
  '=ls',
  '!',
  '!!',
  '\\',
  'a\\',
  'a b\\\\',
  '\\"',
  '\\n',
  '-n',
  '--',
  '--help',
  '~',
  '~root',
  '*',
  '?[a-z]*',
  '{a,b}',
  '{1..3}',
  '[[',
  '#x',
  ';',
  '&&',
  'if',
  '\u0001\u007f',
  '\u00a0',
  '\u2028',
  '\ufeff',
  '\u00e9',
  'e\u0301',
  '\u20ac',
  '\u{1f600}',
  '\u{10ffff}',
];

const LETTERS = Array.from('ab \t\n"\'`$\\&|;<>()[]{}*?!#~=%^-.,:/+@\u00e9\u{1f600}');

/** Arguments of every kind that a program can be given. */
export const words: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: fc.constantFrom(...LETTERS), maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }).map((text) => text.replaceAll('\0', '\u0001')),
);

/** Text that no program can be given: half of a surrogate pair has no bytes. */
export const brokenWords: fc.Arbitrary<string> = fc
  .tuple(words, fc.integer({ min: 0xd800, max: 0xdfff }), words)
  .map(([before, half, after]) => before + String.fromCharCode(half) + after)
  .filter((text) => /\p{Surrogate}/u.test(text));
