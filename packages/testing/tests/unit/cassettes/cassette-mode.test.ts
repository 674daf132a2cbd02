import { describe, expect, it } from '@jest/globals';
import { useCassette, type CassetteOptions } from '@proc/testing/cassettes';
import { resolveMode } from '../../../src/cassettes/cassette-mode.js';

describe('the mode of a cassette', () => {
  it('is to record once: where there is no file, and not in CI', () => {
    expect(resolveMode(undefined, false, {})).toBe('record');
    expect(resolveMode(undefined, true, {})).toBe('replay');
    expect(resolveMode(undefined, false, { CI: 'true' })).toBe('replay');
    expect(resolveMode(undefined, false, { CI: 'false' })).toBe('record');
  });

  it('is that of PROC_CASSETTES, unless one is given', () => {
    expect(resolveMode(undefined, true, { PROC_CASSETTES: 'record', CI: '1' })).toBe('record');
    expect(resolveMode('replay', true, { PROC_CASSETTES: 'record' })).toBe('replay');
    expect(resolveMode(undefined, true, { PROC_CASSETTES: '' })).toBe('replay');
  });

  it('has a name that is known', () => {
    expect(() => resolveMode(undefined, true, { PROC_CASSETTES: 'recrod' })).toThrow(
      'Did you mean "record"?',
    );
  });
});

describe('options that make no sense', () => {
  it.each([
    [{ mod: 'record' }, 'no option "mod". Did you mean "mode"?'],
    [{ mode: 'rec' }, 'not one of replay, record'],
    [{ match: { cwds: 'ignore' } }, 'no option "match.cwds"'],
    [{ match: { cwd: 'absolute' } }, 'match.cwd'],
    [{ match: { env: 'LANG' } }, 'match.env'],
    [{ scrub: 'x' }, 'scrub'],
    [{ unused: 'warn' }, 'unused'],
    [{ timing: 'yes' }, 'timing'],
  ])('are refused: %j', async (options, message) => {
    const target = { decorateDrivers: () => undefined } as never;
    await expect(
      useCassette('/nowhere/x.json', { target, ...options } as CassetteOptions),
    ).rejects.toThrow(message);
  });
});
