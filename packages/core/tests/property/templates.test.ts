import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseTemplate } from '../../src/command/template.js';
import type { TemplateValue } from '../../src/contracts/process-manager.js';
import { InvalidArgumentError } from '../../src/errors/invalid-argument-error.js';
import { tries } from '../support/tries.js';
import { words } from '../support/words.js';

/** A part of a template, and the text that it stands for. */
type Part =
  | { readonly literal: string; readonly text: string }
  | { readonly value: string | number | boolean; readonly text: string };

const values = fc
  .oneof(words, fc.integer(), fc.boolean())
  .map((value): Part => ({ value, text: String(value) }));
const bare = fc
  .string({
    unit: fc.constantFrom(...Array.from('ab1-=%@:,./+^\u00e9\u{1f600}')),
    minLength: 1,
    maxLength: 4,
  })
  .map((text): Part => ({ literal: text, text }));
const quoted = fc
  .tuple(fc.constantFrom('"', "'"), words)
  .map(([mark, word]) => [mark, word.replaceAll(mark, '')] as const)
  .map(([mark, text]): Part => ({ literal: mark + text + mark, text }));
const word = fc.array(fc.oneof(values, bare, quoted), { minLength: 1, maxLength: 4 });
const list = fc.array(fc.oneof(words, fc.integer()), { maxLength: 3 });
const template = fc.array(
  fc.tuple(
    fc.constantFrom(' ', '\n', '\t  '),
    fc.oneof(
      word,
      list.map((items) => ({ items })),
    ),
  ),
  { minLength: 1, maxLength: 6 },
);

type Template = typeof template extends fc.Arbitrary<infer T> ? T : never;

/** The arguments of the tag function, and the words that they mean. */
function compose(pieces: Template): {
  readonly strings: readonly string[];
  readonly values: readonly TemplateValue[];
  readonly expected: readonly string[];
} {
  const strings = [''];
  const given: TemplateValue[] = [];
  const expected: string[] = [];
  const literal = (text: string): void => {
    strings.push((strings.pop() ?? '') + text);
  };
  const value = (item: TemplateValue): void => {
    given.push(item);
    strings.push('');
  };
  for (const [blank, piece] of pieces) {
    literal(blank);
    if ('items' in piece) {
      value(piece.items);
      expected.push(...piece.items.map(String));
      continue;
    }
    for (const part of piece) {
      if ('literal' in part) literal(part.literal);
      else value(part.value);
    }
    expected.push(piece.map(({ text }) => text).join(''));
  }
  return { strings, values: given, expected };
}

it('makes the words of a template that were written, whatever is interpolated', () => {
  fc.assert(
    fc.property(template, (pieces) => {
      const { strings, values: given, expected } = compose(pieces);
      if (expected.length === 0) {
        expect(() => parseTemplate(strings, given)).toThrow('empty');
      } else {
        expect(parseTemplate(strings, given)).toEqual(expected);
      }
    }),
    tries(2000),
  );
});

it('gives words or an error of its own, whatever the template says', () => {
  const anything = fc.array(fc.oneof(words, fc.constant(undefined)), { minLength: 1 });
  fc.assert(
    fc.property(anything, fc.array(fc.anything()), (strings, given) => {
      try {
        parseTemplate(strings as string[], given as TemplateValue[]);
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidArgumentError);
      }
    }),
    tries(2000),
  );
});
