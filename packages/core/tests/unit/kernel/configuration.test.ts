import { describe, expect, it } from '@jest/globals';
import { Configuration } from '../../../src/kernel/configuration.js';

describe('Configuration', () => {
  const values = { process: { pool: { concurrency: 3 }, timeout: 0, shell: null } };

  it('reads values by dotted path, falsy ones too', () => {
    const config = new Configuration(values);
    expect(config.get('process.pool.concurrency')).toBe(3);
    expect(config.get('process.timeout', 9)).toBe(0);
    expect(config.get('process')).toBe(values.process);
  });

  it.each([
    'nothing',
    'process.none',
    'process.timeout.deeper',
    '',
    '__proto__',
    'constructor.name',
  ])('gives the fallback where there is nothing: %j', (path) => {
    const config = new Configuration(values);
    expect(config.get(path, 'fallback')).toBe('fallback');
    expect([config.has(path), config.get(path)]).toEqual([false, undefined]);
  });

  it('gives the fallback for null', () => {
    expect(new Configuration(values).get('process.shell', '/bin/sh')).toBe('/bin/sh');
  });

  it('sets a key without touching what it was made from', () => {
    const given = { a: 1 };
    const config = new Configuration(given);
    config.set('a', 2);
    config.set('__proto__', { polluted: true });
    expect([config.get('a'), given.a]).toEqual([2, 1]);
    expect(config.get('polluted')).toBeUndefined();
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('merges defaults shallowly; the value of the user wins', () => {
    const config = new Configuration({ mine: { a: 1, nested: { x: 1 } } });
    config.merge('mine', { a: 0, b: 0, nested: { y: 0 } });
    expect(config.get('mine')).toEqual({ a: 1, b: 0, nested: { x: 1 } });
    config.merge('other', { c: 0 });
    expect(config.get('other.c')).toBe(0);
  });
});
