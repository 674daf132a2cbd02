import { describe, expect, it } from '@jest/globals';
import type { EnvironmentSpec } from '../../../src/contracts/environment-spec.js';
import { resolveEnvironment } from '../../../src/launch/environment.js';
import { InvalidArgumentError } from '../../../src/errors/invalid-argument-error.js';

const PARENT = { PATH: '/bin', HOME: '/home/me', EMPTY: '' };

const resolve = (
  spec: Partial<EnvironmentSpec>,
  parent: NodeJS.ProcessEnv = PARENT,
  platform: NodeJS.Platform = 'linux',
): Record<string, string> => ({
  ...resolveEnvironment(
    { mode: 'inherit', allow: [], set: {}, unset: [], expand: false, ...spec },
    parent,
    platform,
  ),
});

describe('resolveEnvironment', () => {
  it('inherits everything, empty variables included', () => {
    expect(resolve({})).toEqual(PARENT);
  });

  it('skips variables of the parent that are undefined', () => {
    expect(resolve({}, { A: undefined, B: 'b' })).toEqual({ B: 'b' });
  });

  it('does not pass on where this process finds the channel to its own parent', () => {
    const parent = { NODE_CHANNEL_FD: '3', NODE_CHANNEL_SERIALIZATION_MODE: 'json', A: 'a' };
    expect(resolve({}, parent)).toEqual({ A: 'a' });
    expect(resolve({ mode: 'allow', allow: ['NODE_CHANNEL_FD'] }, parent)).toEqual({});
    expect(resolve({ set: { NODE_CHANNEL_FD: '9' } }, {})).toEqual({ NODE_CHANNEL_FD: '9' });
  });

  it('inherits nothing in a clean environment', () => {
    expect(resolve({ mode: 'clean', set: { A: '1' } })).toEqual({ A: '1' });
  });

  it('inherits only allowed names', () => {
    expect(resolve({ mode: 'allow', allow: ['HOME', 'NOT_THERE'], set: { A: '1' } })).toEqual({
      HOME: '/home/me',
      A: '1',
    });
  });

  it('lets what is set win over what is inherited, and what is unset over both', () => {
    const env = resolve({ set: { PATH: '/opt', A: '1' }, unset: ['HOME', 'A', 'NOT_THERE'] });
    expect(env).toEqual({ PATH: '/opt', EMPTY: '' });
  });

  it('leaves ${NAME} alone unless it is to be expanded', () => {
    expect(resolve({ mode: 'clean', set: { A: '${HOME}' } })).toEqual({ A: '${HOME}' });
  });

  it('sees names as different that differ in case', () => {
    expect(resolve({ set: { Path: 'x' }, unset: ['home'] })).toEqual({ ...PARENT, Path: 'x' });
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'passes on a variable named %s as any other',
    (name) => {
      const set = Object.fromEntries([[name, 'value']]);
      const env = resolveEnvironment(
        { mode: 'inherit', allow: [], set, unset: [], expand: false },
        Object.fromEntries([['A', 'a']]),
        'linux',
      );
      expect(Object.entries(env)).toEqual([
        ['A', 'a'],
        [name, 'value'],
      ]);
      expect(Object.getPrototypeOf(env)).toBeNull();
    },
  );

  it('inherits nothing from a polluted prototype of the parent', () => {
    expect(resolve({}, Object.create({ EVIL: '1' }) as NodeJS.ProcessEnv)).toEqual({});
  });
});

describe('resolveEnvironment with expansion', () => {
  const expand = (set: Record<string, string>, mode: 'inherit' | 'clean' = 'clean'): unknown =>
    resolve({ mode, set, expand: true });

  it('replaces ${NAME} by the variable of the parent, even when that is not inherited', () => {
    expect(expand({ A: '<${HOME}:${PATH}>' })).toEqual({ A: '</home/me:/bin>' });
  });

  it('replaces by an empty variable', () => {
    expect(expand({ A: 'x${EMPTY}y' })).toEqual({ A: 'xy' });
  });

  it('prefers a variable that is set beside it, in any order and depth', () => {
    expect(expand({ A: '${B}!', B: '${C}', C: 'c' })).toEqual({ A: 'c!', B: 'c', C: 'c' });
  });

  it('lets a variable extend its own inherited value', () => {
    expect(expand({ PATH: '/opt:${PATH}' })).toEqual({ PATH: '/opt:/bin' });
  });

  it('ends for variables that refer to each other', () => {
    expect(() => expand({ A: '${B}', B: '${A}' })).toThrow(InvalidArgumentError);
  });

  it('leaves other dollar signs alone', () => {
    expect(expand({ A: '$HOME $ ${} ${a-b}' })).toEqual({ A: '$HOME $ ${} ${a-b}' });
  });

  it('refuses an unknown name and names the nearest', () => {
    expect(() => expand({ A: '${HOEM}' })).toThrow(
      'The environment variable A refers to ${HOEM}, which is not set. Did you mean "HOME"?',
    );
  });

  it.each(['constructor', 'toString', '__proto__'])(
    'refuses ${%s}, which every object has but no environment',
    (name) => {
      const spec = { mode: 'clean', allow: [], unset: [], expand: true } as const;
      const set = { A: `\${${name}}` };
      expect(() => resolveEnvironment({ ...spec, set }, process.env)).toThrow(InvalidArgumentError);
      expect(() => resolveEnvironment({ ...spec, set }, {})).toThrow(InvalidArgumentError);
    },
  );
});

describe('resolveEnvironment with hidden values', () => {
  const reveal = (text: string): string => text.replaceAll('[secret]', 'a ${HOME} b');
  const parent = { ...PARENT, LOOKS_LIKE_IT: '[secret]' };
  const hiding = (set: Record<string, string>, expand: boolean): Record<string, string> => ({
    ...resolveEnvironment(
      { mode: 'inherit', allow: [], set, unset: Object.keys(PARENT), expand },
      parent,
      'linux',
      reveal,
    ),
  });

  it('reveals what is set, and leaves what only looks like it to the parent', () => {
    expect(hiding({ A: '<[secret]>' }, false)).toEqual({
      A: '<a ${HOME} b>',
      LOOKS_LIKE_IT: '[secret]',
    });
  });

  it('expands what refers to a hidden value, and nothing within one', () => {
    const set = { A: '${B}, ${HOME}, ${LOOKS_LIKE_IT}', B: '[secret]!' };
    expect(hiding(set, true)).toEqual({
      A: 'a ${HOME} b!, /home/me, [secret]',
      B: 'a ${HOME} b!',
      LOOKS_LIKE_IT: '[secret]',
    });
  });
});

describe('resolveEnvironment on Windows', () => {
  const onWindows = (spec: Partial<EnvironmentSpec>): unknown =>
    resolve(spec, { Path: 'C:\\bin', Home: 'C:\\me' }, 'win32');

  it('replaces a variable whose name differs only in case', () => {
    expect(onWindows({ set: { PATH: 'D:\\' } })).toEqual({ PATH: 'D:\\', Home: 'C:\\me' });
  });

  it('removes a variable whatever its case', () => {
    expect(onWindows({ unset: ['PATH'] })).toEqual({ Home: 'C:\\me' });
  });

  it('allows a name whatever its case', () => {
    expect(onWindows({ mode: 'allow', allow: ['HOME'] })).toEqual({ Home: 'C:\\me' });
  });
});
