import { describe, expect, it } from '@jest/globals';
import type { ProcessOptions } from '../../../src/contracts/process-options.js';
import { InvalidArgumentError } from '../../../src/errors/invalid-argument-error.js';
import type { ProcessDraft } from '../../../src/process/process-draft.js';
import { describedBy } from '../../support/settings.js';

const apply = (options: unknown): ProcessDraft =>
  describedBy()
    .options(options as ProcessOptions)
    .read();

const { signal } = new AbortController();
import { makeManager } from '../../support/manager.js';

describe('applyOptions', () => {
  it.each<[keyof ProcessOptions, unknown, Partial<ProcessDraft>]>([
    ['cwd', '/tmp', { cwd: '/tmp' }],
    ['cwd', new URL('file:///a%20b'), { cwd: '/a b' }],
    ['workingDirectory', '/tmp', { cwd: '/tmp' }],
    ['env', { A: 1 }, { env: expect.objectContaining({ set: { A: '1' } }) as never }],
    ['environment', { A: 1 }, { env: expect.objectContaining({ set: { A: '1' } }) as never }],
    ['inheritEnv', false, { env: expect.objectContaining({ mode: 'clean' }) as never }],
    ['inheritEnv', true, { env: expect.objectContaining({ mode: 'inherit' }) as never }],
    [
      'includeParentEnvironment',
      false,
      { env: expect.objectContaining({ mode: 'clean' }) as never },
    ],
    ['shell', true, { shell: true }],
    ['shell', '/bin/bash', { shell: '/bin/bash' }],
    ['runInShell', false, { shell: false }],
    ['input', '', { input: '' }],
    ['timeout', '2s', { timeoutMs: 2000 }],
    ['timeout', 0, { timeoutMs: null }],
    ['timeout', null, { timeoutMs: null }],
    ['idleTimeout', 50, { idleTimeoutMs: 50 }],
    ['quiet', true, { quiet: true }],
    ['quiet', false, { quiet: false }],
    ['tty', 'auto', { tty: 'auto' }],
    ['driver', 'node', { driver: 'node' }],
    ['signal', signal, { signals: [signal] }],
    ['killSignal', 'INT', { killSignal: 'SIGINT' }],
    ['grace', '1s', { graceMs: 1000 }],
    ['retry', 3, { retry: { times: 3, delayMs: 0, factor: 1 } }],
    ['retry', { times: 1, delay: 5, factor: 2 }, { retry: { times: 1, delayMs: 5, factor: 2 } }],
    ['retryAttempts', 2, { retry: { times: 2, delayMs: 0, factor: 1 } }],
    [
      'output',
      { stdout: 'head' },
      { stdout: expect.objectContaining({ policy: 'head' }) as never },
    ],
    ['mergeStderr', true, { mergeStderr: true }],
    ['mergeStderr', false, { mergeStderr: false }],
    ['detached', true, { detached: true }],
    ['detached', false, { detached: false }],
    ['ipc', true, { ipc: 'json' }],
    ['ipc', 'advanced', { ipc: 'advanced' }],
    ['ipc', false, { ipc: false }],
    ['uid', 7, { uid: 7 }],
    ['gid', 8, { gid: 8 }],
    ['encoding', 'latin1', { encoding: 'latin1' }],
    ['tag', 'build', { tag: 'build' }],
    ['meta', { a: 1 }, { meta: { a: 1 } }],
  ])('%s: %j', (key, value, draft) => {
    expect(apply({ [key]: value })).toMatchObject(draft);
  });

  it('reads attempts and delay of a retry together, in any order', () => {
    const draft = { retry: { times: 2, delayMs: 10, factor: 1 } };
    expect(apply({ retryAttempts: 2, retryDelay: 10 })).toMatchObject(draft);
    expect(apply({ retryDelay: 10, retryAttempts: 2 })).toMatchObject(draft);
    expect(apply({ retry: { times: 2 }, retryDelay: 10 })).toMatchObject(draft);
    expect(apply({ retry: { times: 2, delay: 10 }, retryDelay: 99 })).toMatchObject(draft);
  });

  it('takes undefined for not given', () => {
    const nothing = Object.fromEntries(
      ['cwd', 'env', 'timeout', 'retry', 'signal', 'shell'].map((key) => [key, undefined]),
    );
    expect(apply(nothing)).toEqual(describedBy().read());
  });

  it('refuses an unknown key and names the nearest', () => {
    expect(() => apply({ timeuot: 5 })).toThrow(
      'Unknown option: "timeuot". Did you mean "timeout"?',
    );
    expect(() => apply({ constructor: 5 })).toThrow(InvalidArgumentError);
    expect(() => apply(JSON.parse('{"__proto__": 5}'))).toThrow(InvalidArgumentError);
  });

  it.each<[keyof ProcessOptions, unknown, string]>([
    ['cwd', new URL('http://example.com'), 'The working directory must be a path or a file URL.'],
    ['env', new Map([['A', '1']]), 'Environment variables are given as an object, not as a list'],
    ['env', ['A=1'], 'Environment variables are given as an object, not as a list or a map.'],
    ['shell', 5, 'A shell is given as true, false or its path, not as 5.'],
    ['driver', '', "A driver is given by its name, not as ''."],
    ['quiet', 'yes', "quiet is true or false, not 'yes'."],
    ['detached', 1, 'detached is true or false, not 1.'],
    ['tty', 'on', "tty() takes true, false or 'auto', not 'on'."],
    ['signal', { aborted: false, addEventListener: 1 }, 'abortWith takes an AbortSignal.'],
    ['uid', -1, 'The id of a user is a whole number from 0, not -1.'],
    ['gid', '0', "The id of a group is a whole number from 0, not '0'."],
    ['retry', { times: 1, when: true }, 'What decides about a retry (`when`) is a function.'],
    [
      'retry',
      { tiems: 1 },
      'Unknown key: "tiems". Did you mean "times"? Retries are given as a number or an object',
    ],
    ['retry', '3', 'Retries are given as a number or an object.'],
    ['output', { stdotu: 'head' }, 'Unknown key: "stdotu". Did you mean "stdout"?'],
    ['output', { stdout: { file: 5 } }, 'The file of stdout must be a path or a file URL.'],
    ['output', { stdout: { policy: 5 } }, 'Unknown policy for stdout: 5.'],
    ['output', { stderr: { tee: { write: 1 } } }, 'The tee of stderr must be a writable stream'],
    [
      'output',
      { stdout: { tee: new WritableStream() } },
      'of Node. Writable.fromWeb(stream) of node:stream makes one of a WritableStream.',
    ],
    ['tag', 5, 'A tag is a string, not 5.'],
    ['meta', 'x', 'Meta data are given as an object.'],
    [
      'limits',
      { cpus: 1 },
      'Unknown key: "cpus". Did you mean "cpu"? Limits are given as an object with',
    ],
  ])('refuses %s: %p', (key, value, message) => {
    expect(() => apply({ [key]: value })).toThrow(message);
    expect(() => apply({ [key]: value })).toThrow(InvalidArgumentError);
  });

  it('refuses what does not let itself be read', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const throwing = {
      get timeout(): never {
        throw new Error('no');
      },
    };
    for (const options of [proxy, throwing]) {
      expect(() => apply(options)).toThrow('but this one can not be read');
      expect(() => apply({ env: options })).toThrow(InvalidArgumentError);
      expect(() => apply({ input: options })).toThrow(InvalidArgumentError);
      expect(() => apply({ timeout: options })).toThrow(InvalidArgumentError);
    }
  });

  it.each([null, undefined, 'x', 5])('refuses %p in place of options', (options) => {
    expect(() => apply(options)).toThrow(InvalidArgumentError);
  });

  it('does not see what a prototype holds', () => {
    expect(apply(Object.create({ shell: true, unknown: 1 }))).toMatchObject({ tag: null });
    const polluted = Object.prototype as { shell?: unknown; retryDelay?: unknown };
    polluted.shell = '/bin/evil';
    polluted.retryDelay = 99;
    try {
      const draft = apply({ retryAttempts: 2 });
      expect(draft.shell).toEqual(describedBy().read().shell);
      expect(draft.retry.delayMs).toBe(0);
    } finally {
      delete polluted.shell;
      delete polluted.retryDelay;
    }
  });

  it('says what options of execa and others are called here', () => {
    const apply = (options: object) => () => makeManager().newPendingProcess().options(options);
    expect(apply({ stdio: 'inherit' })).toThrow('Unknown option: "stdio". Use input, output');
    expect(apply({ maxBuffer: 5 })).toThrow('Use output, or maxOutput().');
    expect(apply({ inputFile: 'a' })).toThrow('"inputFile". Use input with a file: URL.');
    expect(apply({ stripFinalNewline: true })).toThrow('Use output().trimEnd()');
    expect(apply({ check: true })).toThrow('use runOrFail(), or throw() of the result.');
    expect(apply({ nothrow: true })).toThrow('A non-zero exit is a result: nothing throws.');
    expect(apply({ constructor: 5 })).toThrow('Unknown option: "constructor".');
  });
});
