import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { EnvironmentMap } from '../../../src/contracts/environment-spec.js';
import { InvalidArgumentError } from '../../../src/errors/invalid-argument-error.js';
import type { ProcessDraft } from '../../../src/process/process-draft.js';
import { describedBy } from '../../support/settings.js';

type Settings = ReturnType<typeof describedBy>;

const told = (tell: (settings: Settings) => unknown): ProcessDraft => {
  const settings = describedBy();
  expect(tell(settings)).toBe(settings);
  return settings.read();
};

describe('ProcessSettings', () => {
  it.each<[string, (settings: Settings) => unknown, Partial<ProcessDraft>]>([
    [
      'forever',
      (s) => s.timeout(5).idleTimeout(6).forever(),
      { timeoutMs: null, idleTimeoutMs: 6 },
    ],
    ['quietly', (s) => s.quietly(), { quiet: true }],
    ['interactive', (s) => s.interactive(), { interactive: true }],
    ['tty', (s) => s.tty(), { tty: true }],
    ['tty off', (s) => s.tty().tty(false), { tty: false }],
    ['shell', (s) => s.shell(), { shell: true }],
    ['killWith', (s) => s.killWith('SIGHUP', '1s'), { killSignal: 'SIGHUP', graceMs: 1000 }],
    ['killWith alone', (s) => s.grace(7).killWith(9), { killSignal: 'SIGKILL', graceMs: 7 }],
    ['user', (s) => s.user(1, 2), { uid: 1, gid: 2 }],
    ['group', (s) => s.user(1).group(3), { uid: 1, gid: 3 }],
    ['meta', (s) => s.meta({ a: 1 }).meta({ b: 2 }), { meta: { a: 1, b: 2 } }],
    ['retry', (s) => s.retry(2, '1s'), { retry: { times: 2, delayMs: 1000, factor: 1 } }],
    ['no input', (s) => s.input('x').input(undefined), { input: null }],
    ['detach', (s) => s.detach(), { detached: true }],
    ['mergeStderr', (s) => s.mergeStderr(), { mergeStderr: true }],
    ['ipc', (s) => s.ipc(), { ipc: 'json' }],
    ['ipc on', (s) => s.ipc(true), { ipc: 'json' }],
    ['ipc off', (s) => s.ipc().ipc(false), { ipc: false }],
    ['node', (s) => s.node('a.mjs'), { ipc: 'json' }],
    [
      'node with a channel of another kind',
      (s) => s.ipc('advanced').node('a'),
      { ipc: 'advanced' },
    ],
    ['node without a channel', (s) => s.ipc(false).node('a'), { ipc: false }],
  ])('%s', (_, tell, draft) => {
    expect(told(tell)).toMatchObject(draft);
  });

  it('adds up abort signals', () => {
    const signals = [new AbortController().signal, new AbortController().signal] as const;
    expect(told((s) => s.abortWith(signals[0]).abortWith(signals[1])).signals).toEqual(signals);
  });

  it('keeps a copy of the command, so that a change of the list does not reach it', () => {
    const command = ['a', 'b'];
    const args = ['c'];
    const settings = describedBy().command(command, args);
    command.push('x');
    args.push('y');
    expect(settings.read()).toMatchObject({ command: ['a', 'b'], args: ['c'] });
  });

  it('forgets the arguments of an earlier command', () => {
    expect(told((s) => s.command('a', ['b']).command('c')).args).toBeUndefined();
  });

  it.each<[string, (settings: Settings) => unknown]>([
    ['ipc', (s) => s.ipc('xml' as never)],
    ['node', (s) => s.node('')],
    ['timeout', (s) => s.timeout(-1)],
    ['idle timeout', (s) => s.idleTimeout(NaN)],
    ['grace', (s) => s.grace('5' as never)],
    ['retry delay', (s) => s.retry(1, -1)],
    ['number of retries', (s) => s.retry(1.5)],
    ['number of retries', (s) => s.retry(-1)],
    ['factor', (s) => s.retry({ times: 1, factor: -1 })],
    ['AbortSignal', (s) => s.abortWith({} as never)],
    ['path', (s) => s.path('')],
    ['path', (s) => s.path('a\0b')],
    ['path', (s) => s.path(7 as never)],
    ['input', (s) => s.input({} as never)],
    ['signal', (s) => s.killWith('SIGNOPE' as never)],
    ['encoding', (s) => s.encoding('utf-9' as never)],
    ['limit', (s) => s.maxOutput(-1)],
    ['limit', (s) => s.maxOutput(1.5)],
    ['limit of output', (s) => s.maxOutput('5 MB')],
    ['limit of stderr', (s) => s.output({ stderr: { limit: '5 MB' as never } })],
    ['limit of memory', (s) => s.limits({ memory: '5 MB' })],
    ['limit of memory', (s) => s.limits({ memory: '0kB' })],
    ['limit of memory', (s) => s.limits({ memory: 0 })],
    ['limit of files', (s) => s.limits({ files: '5kB' as never })],
    ['policy', (s) => s.maxOutput(1, 'haed' as never)],
  ])('refuses a bad %s at once', (what, tell) => {
    expect(() => told(tell)).toThrow(InvalidArgumentError);
    expect(() => told(tell)).toThrow(new RegExp(what, 'i'));
  });

  // Node ends the whole process over such a number.
  it('takes the user and the group -0 for 0', () => {
    expect(told((s) => s.user(-0, -0))).toMatchObject({ uid: 0, gid: 0 });
  });
});

describe('env()', () => {
  const env = (...maps: readonly EnvironmentMap[]): ProcessDraft['env'] => {
    const settings = describedBy();
    for (const map of maps) settings.env(map);
    return settings.read().env;
  };

  it('merges, and the last word on a name holds', () => {
    expect(env({ A: 1, B: 'b' }, { A: true, B: false }, { C: '' })).toMatchObject({
      set: { A: 'true', C: '' },
      unset: ['B'],
    });
    expect(env({ A: null }, { A: undefined }, { A: 'back' })).toMatchObject({
      set: { A: 'back' },
      unset: [],
    });
  });

  it('takes a variable called __proto__ for a variable', () => {
    const { set } = env(Object.fromEntries([['__proto__', 'x']]));
    expect(Object.entries(set)).toEqual([['__proto__', 'x']]);
  });

  it.each([
    { '': 'x' },
    { 'A=B': 'x' },
    { 'A\0': 'x' },
    { A: 'x\0' },
    { A: {} },
    { A: Symbol('x') },
  ])('refuses %p', (map) => {
    expect(() => env(map as never)).toThrow(InvalidArgumentError);
  });

  it('refuses what is no object', () => {
    expect(() => env(null as never)).toThrow(InvalidArgumentError);
    expect(() => env('A=b' as never)).toThrow(InvalidArgumentError);
  });

  it('adds up allowed names', () => {
    const settings = describedBy().onlyEnv(['A']).onlyEnv(['B']);
    expect(settings.read().env).toMatchObject({ mode: 'allow', allow: ['A', 'B'] });
  });
});

describe('output()', () => {
  it('changes only what it names', () => {
    const tee = new Writable();
    const draft = told((s) =>
      s
        .output({ stdout: { policy: 'tail', limit: 5, file: '/tmp/x', append: true } })
        .output({ stderr: 'discard', stdout: { tee } }),
    );
    expect(draft.stdout).toEqual({
      policy: 'tail',
      limit: 5,
      file: { path: '/tmp/x', append: true },
    });
    expect(draft.stderr.policy).toBe('discard');
    expect(draft.tees).toEqual({ out: tee, err: undefined });
  });

  it('does not take over the limit of another policy', () => {
    const draft = told((s) => s.maxOutput(5, 'head').output({ stdout: 'tail' }));
    expect(draft.stdout.limit).toBeGreaterThan(5);
    expect(draft.stderr).toMatchObject({ policy: 'head', limit: 5 });
  });

  it('takes sizes as strings', () => {
    const draft = told((s) =>
      s.maxOutput('2kB').output({ stderr: { policy: 'head', limit: '1.5MiB' } }),
    );
    expect([draft.stdout.limit, draft.stderr.limit]).toEqual([2000, 1_572_864]);
    expect(told((s) => s.limits({ memory: '1GiB' })).limits.memoryBytes).toBe(2 ** 30);
  });

  it('takes a file URL', () => {
    const draft = told((s) => s.output({ stdout: { file: new URL('file:///a%20b') } }));
    expect(draft.stdout.file).toEqual({ path: '/a b', append: false });
  });

  it('names the nearest policy, and what the words of others for a stream are called here', () => {
    const refusal = (stdout: string) => () => describedBy().output({ stdout: stdout as never });
    expect(refusal('ignore')).toThrow('Unknown policy for stdout: ignore. Use "discard".');
    expect(refusal('inherit')).toThrow('Use { tee: process.stdout }');
    expect(refusal('pipe')).toThrow('Output is kept without it.');
    expect(refusal('constructor')).toThrow('constructor. Known: spill');
    expect(() => describedBy().output({ stdout: 'haed' as never })).toThrow('Did you mean "head"?');
  });

  it('ends the process at its limit unless told otherwise', () => {
    expect(told((s) => s.maxOutput(0)).stdout).toMatchObject({ policy: 'fail', limit: 0 });
  });
});
