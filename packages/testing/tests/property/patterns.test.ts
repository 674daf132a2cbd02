import { describe, expect, it, jest } from '@jest/globals';
import type { Command } from '@proc/core';
import { commandLine, plainCommandLine } from '@proc/core/internal';
import * as fc from 'fast-check';
import { matchesCommand } from '../../src/matching/command-pattern.js';

/** Words that a shell would have to quote, and such that it would not. */
const word = fc.oneof(
  fc.constantFrom('git', 'a', 'b-c', '--x=1', 'a b', ' ', '', '*', '$HOME', "it's", '"', '\\', 'é'),
  fc.string({ unit: fc.constantFrom('a', 'b', ' ', "'", '"', '*', '\n'), maxLength: 5 }),
);
const argv = fc.tuple(fc.constantFrom('git', 'wc', 'my program'), fc.array(word, { maxLength: 4 }));

function command([file, args]: readonly [string, readonly string[]]): Command {
  return { kind: 'argv', file, args };
}

/** As a POSIX shell reads it back: the inverse of quoting, written down from the rules of the shell. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  let current: string | undefined;
  for (let i = 0; i < line.length; i++) {
    const letter = line.charAt(i);
    if (letter === ' ') {
      if (current !== undefined) words.push(current);
      current = undefined;
    } else if (letter === "'") {
      const end = line.indexOf("'", i + 1);
      current = (current ?? '') + line.slice(i + 1, end);
      i = end;
    } else if (letter === '"') {
      current ??= '';
      for (i++; line.charAt(i) !== '"'; i++) {
        if (line.charAt(i) === '\\' && '$`"\\'.includes(line.charAt(i + 1))) i++;
        current += line.charAt(i);
      }
    } else {
      if (letter === '\\') i++;
      current = (current ?? '') + line.charAt(i);
    }
  }
  if (current !== undefined) words.push(current);
  return words;
}

/** The rule of wildcards by another way: the parts between the stars come one after the other. */
function fits(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

const pattern = fc.oneof(
  argv.map((given) => plainCommandLine(command(given))),
  argv.map((given) => commandLine(command(given))),
  fc.string({ unit: fc.constantFrom('*', 'g', 'i', 't', 'a', ' ', "'"), maxLength: 7 }),
);

jest.setTimeout(120_000);

describe('patterns of commands', () => {
  it('are compared with the words joined by blanks, and with what a shell reads as these words', () => {
    fc.assert(
      fc.property(argv, pattern, (given, wanted) => {
        const forms = [given.flat().join(' '), commandLine(command(given))];
        expect(wordsOf(forms[1] ?? '')).toEqual(given.flat());
        expect(matchesCommand(wanted, command(given))).toBe(
          forms.some((form) => wanted === form || fits(wanted, form)),
        );
        for (const form of forms) expect(matchesCommand(form, command(given))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('with a star in the place of any words fit', () => {
    fc.assert(
      fc.property(argv, fc.nat(4), (given, from) => {
        const kept = given.flat().slice(0, from + 1);
        expect(matchesCommand(`${kept.join(' ')}*`, command(given))).toBe(true);
      }),
    );
  });

  it('as lists are these very words, whatever stands in them', () => {
    fc.assert(
      fc.property(argv, argv, fc.boolean(), (given, other, same) => {
        const wanted = (same ? given : other).flat();
        const isSame = JSON.stringify(wanted) === JSON.stringify(given.flat());
        expect(matchesCommand(wanted, command(given))).toBe(isSame);
      }),
    );
  });

  it('as expressions are found in either form, as often as they are asked', () => {
    const part = fc.constantFrom('a', 'git', ' ', "'", '^git a', 'b-c$', '[*]');
    const flags = fc.constantFrom('', 'g', 'y', 'gy', 'i');
    fc.assert(
      fc.property(argv, part, flags, (given, source, flag) => {
        const wanted = new RegExp(source, flag);
        const plain = new RegExp(source, flag.includes('i') ? 'i' : '');
        const found = [given.flat().join(' '), commandLine(command(given))].some(
          (form) => form.search(plain) >= 0,
        );
        for (let time = 0; time < 3; time++) {
          expect(matchesCommand(wanted, command(given))).toBe(found);
        }
      }),
    );
  });
});
