import { describe, expect, it } from '@jest/globals';
import { AUTO_SHELL, parseCommand, type ShellChoice } from '../../../src/command/parse-command.js';
import { InvalidArgumentError } from '../../../src/errors/invalid-argument-error.js';

const parse = (input: unknown, args?: unknown, shell: ShellChoice = AUTO_SHELL): unknown =>
  parseCommand(input as string, args as string[] | undefined, shell);

describe('parseCommand', () => {
  it('splits a line without shell syntax at blanks', () => {
    expect(parse('git  log\t-1 ')).toEqual({ kind: 'argv', file: 'git', args: ['log', '-1'] });
  });

  it('gives a line with shell syntax to the shell as it is', () => {
    expect(parse(' a | b ')).toEqual({ kind: 'shell', line: ' a | b ', shell: null });
  });

  it('gives a line that begins with a builtin to the shell', () => {
    expect(parse('cd /tmp')).toMatchObject({ kind: 'shell' });
  });

  it('takes a list as program and arguments, whatever characters are in it', () => {
    expect(parse(['echo', '$HOME', 'a b', '', '*'])).toEqual({
      kind: 'argv',
      file: 'echo',
      args: ['$HOME', 'a b', '', '*'],
    });
  });

  it('joins a program, or a list, with separate arguments', () => {
    expect(parse('my program', ['a b'])).toEqual({
      kind: 'argv',
      file: 'my program',
      args: ['a b'],
    });
    expect(parse(['git', '-C'], ['/repo'])).toMatchObject({ args: ['-C', '/repo'] });
    expect(parse('ls', [])).toEqual({ kind: 'argv', file: 'ls', args: [] });
  });

  it('sends any line to the shell when told to, and none when told not to', () => {
    expect(parse('ls -la', undefined, true)).toEqual({
      kind: 'shell',
      line: 'ls -la',
      shell: null,
    });
    expect(parse('ls -la', undefined, '/bin/bash')).toMatchObject({ shell: '/bin/bash' });
    expect(parse('echo $HOME', undefined, false)).toEqual({
      kind: 'argv',
      file: 'echo',
      args: ['$HOME'],
    });
  });

  it.each([
    ['an empty line', ''],
    ['blanks', ' \t '],
    ['an empty list', []],
    ['an empty program', ['', 'x']],
  ])('refuses %s', (_, input) => {
    expect(() => parse(input)).toThrow('The command is empty.');
    expect(() => parse(input)).toThrow(InvalidArgumentError);
  });

  it('refuses an empty line also for a shell', () => {
    expect(() => parse('  ', undefined, true)).toThrow('The command is empty.');
  });

  it.each([
    ['the line', 'a\0b', undefined],
    ['the program', ['a\0'], undefined],
    ['an argument', 'a', ['b\0']],
  ])('refuses a NUL in %s', (_, input, args) => {
    expect(() => parse(input, args)).toThrow('NUL');
  });

  it.each([
    ['the line', 'a\ud800', undefined],
    ['the program', ['\udc00a'], undefined],
    ['an argument', 'a', ['\ud83d']],
  ])('refuses half of a surrogate pair in %s, which would be replaced', (_, input, args) => {
    expect(() => parse(input, args)).toThrow('A command can not contain half of a surrogate pair.');
    expect(() => parse(input, args)).toThrow(InvalidArgumentError);
  });

  it('takes no other blanks than those of a shell from the ends of a line', () => {
    expect(parse('print \u00a0')).toEqual({ kind: 'argv', file: 'print', args: ['\u00a0'] });
  });

  it('names the element that is no string', () => {
    expect(() => parse(['ls', 1])).toThrow('its element 1 is number 1. Write String(1).');
    expect(() => parse('ls', [null])).toThrow('its element 1 is null');
    expect(() => parse('ls', [undefined])).toThrow('its element 1 is undefined.');
    expect(() => parse('ls', [{}])).toThrow('its element 1 is an object');
  });

  it.each([null, undefined, 7, {}])('refuses %p as a command', (input) => {
    expect(() => parse(input)).toThrow(/a string or a list of strings/);
  });

  it('refuses a list of arguments that is a string', () => {
    expect(() => parse('ls', '-la')).toThrow(/not string '-la'/);
  });

  it.each([true, '/bin/sh'])('refuses separate arguments together with shell %p', (shell) => {
    expect(() => parse('echo', ['x'], shell)).toThrow(/"echo" was given with separate arguments/);
    expect(() => parse(['echo', 'x'], undefined, shell)).toThrow(InvalidArgumentError);
  });
});
