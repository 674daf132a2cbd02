import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { nodeCommand } from '../../../src/command/node-command.js';
import { InvalidArgumentError } from '../../../src/errors/invalid-argument-error.js';

describe('nodeCommand', () => {
  it('is the Node of this process, the script and its arguments', () => {
    expect(nodeCommand('a.mjs', ['--x', ''], [])).toEqual([process.execPath, 'a.mjs', '--x', '']);
  });

  it('takes the options of this process by default', () => {
    expect(nodeCommand('a.mjs').length).toBe(process.execArgv.length + 2);
  });

  it.each([
    [
      ['--import', 'tsx'],
      ['--import', 'tsx'],
    ],
    [['--import=tsx'], ['--import=tsx']],
    [
      ['-r', './setup.cjs', '-C', 'development'],
      ['-r', './setup.cjs', '-C', 'development'],
    ],
    [['--max-old-space-size=64'], ['--max-old-space-size=64']],
    [['--experimental-vm-modules'], ['--experimental-vm-modules']],
    [['--inspect'], []],
    [
      ['--inspect-brk=127.0.0.1:0', '--import', 'tsx'],
      ['--import', 'tsx'],
    ],
    [
      ['--inspect-port', '9333', '-r', 'x'],
      ['-r', 'x'],
    ],
    [['-e', 'code'], []],
    [
      ['--import', 'tsx', '--eval', 'code'],
      ['--import', 'tsx'],
    ],
    [['-p', '-e', 'code', '--no-warnings'], ['--no-warnings']],
    [['-pe', 'code'], []],
    [['--input-type=module', '-e', 'code'], []],
    [['--input_type', 'module'], []],
    [
      ['--test', '--test-reporter', 'spec', '--import', 'tsx'],
      ['--import', 'tsx'],
    ],
    [['--experimental-test-coverage', '--test-name-pattern=x'], []],
    [['--watch-path', 'src', '--watch', '--enable-source-maps'], ['--enable-source-maps']],
    [['--env-file', '.env', '--env-file-if-exists=.env.local'], []],
    [['--entry-url', '-i', '-c'], []],
    [['--experimental-default-type=module'], ['--experimental-default-type=module']],
  ])('of %j keeps %j', (given, kept) => {
    expect(nodeCommand('a.mjs', [], given)).toEqual([process.execPath, ...kept, 'a.mjs']);
  });

  it('takes a file URL, and a path that looks like an option', () => {
    const path = join(process.cwd(), 'a b.mjs');
    expect(nodeCommand(pathToFileURL(path), [], [])).toEqual([process.execPath, path]);
    expect(nodeCommand('-e', [], [])).toEqual([process.execPath, './-e']);
  });

  it.each([[''], ['a\0b'], [5], [undefined], [new URL('https://example.org/a.mjs')]])(
    'refuses %p',
    (script) => {
      expect(() => nodeCommand(script as string)).toThrow(InvalidArgumentError);
    },
  );
});
