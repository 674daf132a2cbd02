import type { Command, ProcessSpec } from '@proc/core';
import { describe, expect, it } from '@jest/globals';
import {
  describePattern,
  matchesCommand,
  matchesSpec,
  specificity,
} from '../../../src/matching/command-pattern.js';

const argv = (...words: string[]): Command => ({
  kind: 'argv',
  file: words[0] ?? '',
  args: words.slice(1),
});
const line = (text: string): Command => ({ kind: 'shell', line: text, shell: null });

describe('matchesCommand', () => {
  it('compares a string with the plain form and with the quoted one', () => {
    const command = argv('git', 'commit', '-m', 'first try');
    expect(matchesCommand('git commit -m first try', command)).toBe(true);
    expect(matchesCommand("git commit -m 'first try'", command)).toBe(true);
    expect(matchesCommand("git commit -m '*'", command)).toBe(true);
    expect(matchesCommand('git commit*', command)).toBe(true);
    expect(matchesCommand('git commit', command)).toBe(false);
  });

  it('takes a literal asterisk in the command for itself too', () => {
    expect(matchesCommand('ls *.ts', line('ls *.ts'))).toBe(true);
  });

  it('compares the line of a shell command as it is', () => {
    expect(matchesCommand('echo a | wc -l', line('echo a | wc -l'))).toBe(true);
    expect(matchesCommand('*wc*', line('echo a\n| wc -l'))).toBe(true);
  });

  it('searches for a RegExp, without its state', () => {
    const pattern = /push/g;
    expect(matchesCommand(pattern, argv('git', 'push'))).toBe(true);
    expect(matchesCommand(pattern, argv('git', 'push'))).toBe(true);
    expect(pattern.lastIndex).toBe(0);
    expect(matchesCommand(/push/y, argv('git', 'push'))).toBe(true);
    expect(matchesCommand(/^push/, argv('git', 'push'))).toBe(false);
  });

  it('compares a list word by word', () => {
    expect(matchesCommand(['git', 'push'], argv('git', 'push'))).toBe(true);
    expect(matchesCommand(['git', 'push'], argv('git push'))).toBe(false);
    expect(matchesCommand(['git', 'push', '-f'], argv('git', 'push'))).toBe(false);
    expect(matchesCommand(['git', '*'], argv('git', 'push'))).toBe(false);
  });

  it('compares a list with the words of a shell line that has no syntax', () => {
    expect(matchesCommand(['echo', 'hello'], line('echo  hello'))).toBe(true);
    expect(matchesCommand(['echo', '$HOME'], line('echo $HOME'))).toBe(false);
  });
});

describe('matchesSpec', () => {
  it('asks a function', () => {
    const spec = { command: argv('make'), tag: 'build' } as unknown as ProcessSpec;
    expect(matchesSpec(({ tag }) => tag === 'build', spec)).toBe(true);
    expect(matchesSpec(({ tag }) => tag === 'test', spec)).toBe(false);
    expect(matchesSpec('make', spec)).toBe(true);
  });
});

describe('specificity', () => {
  it('puts exact patterns before wildcards, and more text before less', () => {
    const patterns = ['*', 'git push origin', 'git *', 'git push *'];
    expect(patterns.sort((a, b) => specificity(b) - specificity(a))).toEqual([
      'git push origin',
      'git push *',
      'git *',
      '*',
    ]);
  });
});

describe('describePattern', () => {
  it('shows a pattern as it would be written', () => {
    function isBuild(): boolean {
      return true;
    }
    expect(describePattern('git *')).toBe('"git *"');
    expect(describePattern(/^git/i)).toBe('/^git/i');
    expect(describePattern(['git', 'push'])).toBe('["git","push"]');
    expect(describePattern(isBuild)).toBe('the predicate isBuild');
    expect(describePattern(() => true)).toBe('a predicate');
  });
});
