import { describe, expect, it } from '@jest/globals';
import {
  commandLine,
  plainCommandLine,
  quote,
  quotePosix,
  quoteWindows,
} from '../../../src/command/quote.js';

describe('quotePosix', () => {
  it.each(['a', '-la', '--x=1', 'a/b.c', 'user@host:22', '1,2', '+%s'])(
    'leaves %j alone',
    (text) => {
      expect(quotePosix(text)).toBe(text);
    },
  );

  it.each([
    ['', "''"],
    ['a b', "'a b'"],
    ["it's", `'it'\\''s'`],
    ['$HOME', "'$HOME'"],
    ['=x', "'=x'"],
    ['~', "'~'"],
    ['a\nb', "'a\nb'"],
    ['é', "'é'"],
  ])('quotes %j', (text, quoted) => {
    expect(quotePosix(text)).toBe(quoted);
  });
});

describe('quoteWindows', () => {
  it.each([
    ['a', 'a'],
    ['', '""'],
    ['a b', '"a b"'],
    ['a"b', '"a\\"b"'],
    ['a\\b', 'a\\b'],
    ['a b\\', '"a b\\\\"'],
    ['a\\"b', '"a\\\\\\"b"'],
    ['a\\\\b c', '"a\\\\b c"'],
  ])('writes %j as %j', (text, quoted) => {
    expect(quoteWindows(text)).toBe(quoted);
  });
});

describe('quote', () => {
  it('follows the platform', () => {
    expect(quote('a b', 'win32')).toBe('"a b"');
    expect(quote('a b', 'darwin')).toBe("'a b'");
  });
});

describe('commandLine', () => {
  const argv = { kind: 'argv', file: 'my tool', args: ['a b', 'c'] } as const;
  const shell = { kind: 'shell', line: 'a | b', shell: null } as const;

  it('quotes the words of an argument list', () => {
    expect(commandLine(argv, 'linux')).toBe("'my tool' 'a b' c");
    expect(commandLine(argv, 'win32')).toBe('"my tool" "a b" c');
  });

  it('gives a shell line as it is', () => {
    expect(commandLine(shell)).toBe('a | b');
    expect(plainCommandLine(shell)).toBe('a | b');
  });

  it('quotes a program whose name a shell would take for an assignment', () => {
    expect(commandLine({ kind: 'argv', file: 'A=b', args: ['C=d'] }, 'linux')).toBe("'A=b' C=d");
  });

  it.each(['if', 'done', 'function', 'time'])('quotes a program that is called %j', (file) => {
    expect(commandLine({ kind: 'argv', file, args: [file] }, 'linux')).toBe(`'${file}' ${file}`);
    expect(commandLine({ kind: 'argv', file, args: [] }, 'win32')).toBe(file);
  });

  it('has a plain form without quotes', () => {
    expect(plainCommandLine(argv)).toBe('my tool a b c');
  });
});
