import { describe, expect, it } from '@jest/globals';
import { parseTemplate } from '../../../src/command/template.js';
import type { CommandWord } from '../../../src/contracts/command.js';
import type { ProcessResult } from '../../../src/contracts/process-result.js';
import type { TemplateValue } from '../../../src/contracts/process-manager.js';
import { isSecret, secret } from '../../../src/redaction/secret.js';
import { InvalidArgumentError } from '../../../src/errors/invalid-argument-error.js';

const $ = (
  strings: TemplateStringsArray,
  ...values: readonly TemplateValue[]
): readonly CommandWord[] => parseTemplate(strings, values);

describe('parseTemplate', () => {
  it('separates words at blanks and line ends', () => {
    expect($`git  log
      -1	--oneline `).toEqual(['git', 'log', '-1', '--oneline']);
  });

  it.each(['a b', '; rm -rf /', '$(x)', '', "'", '"', '*', '\n'])(
    'makes exactly one argument of the value %j',
    (value) => {
      expect($`echo ${value} end`).toEqual(['echo', value, 'end']);
    },
  );

  it('joins a value with the text beside it', () => {
    expect($`tool --out=${'a b'}.txt ${1}${2}`).toEqual(['tool', '--out=a b.txt', '12']);
  });

  it('takes numbers and booleans', () => {
    expect($`tool ${0} ${false}`).toEqual(['tool', '0', 'false']);
  });

  it('makes many arguments of a list, and none of an empty one', () => {
    expect($`rm ${['a b', 2]} ${[]} x`).toEqual(['rm', 'a b', '2', 'x']);
  });

  it('takes a list as the whole command', () => {
    expect($`${['git', 'log']}`).toEqual(['git', 'log']);
  });

  it.each([
    () => $`a x${['b']}`,
    () => $`a ${['b']}x`,
    () => $`a "${['b']}"`,
    () => $`a ${['b']}${['c']}`,
  ])('refuses a list that does not stand alone (%#)', (call) => {
    expect(call).toThrow('must stand alone');
  });

  it('groups with quotes, which may be empty or stand inside a word', () => {
    expect($`tool "a b" 'c "d"' "" x'y z'w`).toEqual(['tool', 'a b', 'c "d"', '', 'xy zw']);
  });

  it('interpolates inside quotes without ending them', () => {
    expect($`tool "a ${'"b'} c"`).toEqual(['tool', 'a "b c']);
  });

  it.each(Array.from('|&;<>()$`*?[]{}~#!\\'))(
    'refuses the shell character %j outside quotes',
    (character) => {
      expect(() => parseTemplate([`tool ${character}`], [])).toThrow(
        `"${character}" has no meaning`,
      );
      expect(parseTemplate([`tool "${character}"`], [])).toEqual(['tool', character]);
    },
  );

  it('refuses a backslash that begins no escape', () => {
    expect(() => $`dir "C:\users"`).toThrow('A backslash in the command template');
    expect(() => $`dir "C:\users"`).toThrow(InvalidArgumentError);
    expect($`dir "C:\\users"`).toEqual(['dir', 'C:\\users']);
  });

  it('refuses to be called as a function', () => {
    expect(() => parseTemplate('git log' as never, [])).toThrow(InvalidArgumentError);
  });

  it('refuses an open quote', () => {
    expect(() => $`tool "a`).toThrow('A quote (") in the command template is not closed.');
  });

  it('refuses an empty template', () => {
    expect(() => $`  `).toThrow('empty');
    expect(() => $`${[]}`).toThrow('empty');
  });

  it.each([null, undefined, {}, Symbol('x'), [null]])('refuses the value %p', (value) => {
    expect(() => $`tool ${value as never}`).toThrow(InvalidArgumentError);
  });

  it.each([
    [() => $`${undefined as never} log`, 'not undefined: see value 1, at the beginning.'],
    [() => $`git log --author=${undefined as never}`, 'see value 1, after "git log --author=".'],
    [() => $`tool ${'a'}${null as never}`, 'not null: see value 2, after "tool ${…}".'],
    [() => $`tool ${1} ${['a', undefined as never]}`, 'see value 2, after "tool ${…} ".'],
    [() => $`tool ${['a']}x`, 'value 1, after "tool " is a list.'],
    [
      () => $`convert ${'a'} --a-long-option-of-the-tool --and-another=${{} as never}`,
      'not object: see value 2, after "…a-long-option-of-the-tool --and-another=".',
    ],
  ])('says which value it refuses (%#)', (call, place) => {
    expect(call).toThrow(place);
  });
});

describe('a result in a template', () => {
  it('stands for its output without the final line end', () => {
    const result = { exitCode: 0, stdout: 'a b\n\n' } as ProcessResult;
    expect($`git show ${result} x-${result}`).toEqual(['git', 'show', 'a b\n', 'x-a b\n']);
  });
});

describe('a secret in a template', () => {
  it('is a word, or a part of one, that shows only what is around it', () => {
    const token = secret('hunter2');
    const words = $`login ${token} --token=${token}. ${[token, 'x']}`;
    expect(words.map((word) => (isSecret(word) ? word.toJSON() : word))).toEqual([
      'login',
      '[secret]',
      '--token=[secret].',
      '[secret]',
      'x',
    ]);
    expect(words.map((word) => (isSecret(word) ? word.reveal() : word))).toEqual([
      'login',
      'hunter2',
      '--token=hunter2.',
      'hunter2',
      'x',
    ]);
  });
});
