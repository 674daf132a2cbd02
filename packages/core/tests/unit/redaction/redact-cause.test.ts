import { inspect, types } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { redactCause } from '../../../src/redaction/redact-cause.js';
import { secret } from '../../../src/redaction/secret.js';
import { SecretTable } from '../../../src/redaction/secret-table.js';

const VALUE = 'hunter2-and-more';

function redact(cause: unknown): unknown {
  const table = new SecretTable();
  table.hide(secret(VALUE));
  return redactCause(cause, table);
}

/** All that anybody could print of a value. */
function printed(value: unknown): string {
  const all = {
    depth: 300,
    showHidden: true,
    getters: true,
    maxArrayLength: null,
    maxStringLength: null,
  };
  return [value, (value as Error | undefined)?.stack]
    .flatMap((part) => [inspect(part, all), inspect(part, { ...all, customInspect: false })])
    .join('\n');
}

class Inherits extends Error {
  override get message(): string {
    return `bad ${VALUE}`;
  }
}

class Holder {
  readonly held = VALUE;
}

const cycle: Error & { self?: unknown } = new Error(`round ${VALUE}`);
cycle.self = { around: [cycle] };

function chain(length: number): Error {
  let error = new Error(`deep ${VALUE}`);
  for (let count = 0; count < length; count++) error = new Error('outer', { cause: error });
  return error;
}

const CAUSES: Record<string, unknown> = {
  'a text': `bad ${VALUE}`,
  'a message': new TypeError(`bad ${VALUE}`),
  'a message that comes from a class': new Inherits(),
  'a DOMException': new DOMException(`bad ${VALUE}`, 'AbortError'),
  'an own property': Object.assign(new Error('bad'), { [Symbol('args')]: ['-p', VALUE] }),
  'the name of a property': Object.assign(new Error('bad'), { config: { [VALUE]: 1 } }),
  'a getter': Object.defineProperty(new Error('bad'), 'value', { get: () => VALUE }),
  'a symbol': { kind: Symbol(VALUE) },
  'a map': new Map([['key', new Map([[VALUE, 1]])]]),
  'a set': { items: new Set([VALUE]) },
  'an object of another class': Object.assign(new Error('bad'), { holder: new Holder() }),
  'a URL': { url: new URL(`http://user:${VALUE}@localhost/`) },
  'a function': Object.assign(() => 1, { value: VALUE }),
  bytes: { bytes: Buffer.from(VALUE) },
  'errors that are one': new AggregateError([new Error(VALUE), VALUE], 'many'),
  'a cause that leads back to itself': cycle,
  'a chain of causes': chain(12),
};

describe('redactCause', () => {
  it.each(Object.entries(CAUSES))('hides what is secret in %s', (_, cause) => {
    expect(printed(cause)).toMatch(/hunter2|68 75 6e 74/);
    const text = printed(redact(cause));
    expect(text).not.toMatch(/hunter2|68 75 6e 74/);
    expect(text).toContain('[secret]');
  });

  it('gives what says nothing secret as it is, whatever it is', () => {
    const innocent: Error & { self?: unknown } = new Error('round');
    innocent.self = innocent;
    for (const cause of [innocent, new Map([[1, 2]]), new Holder(), undefined, null, 7, () => 1]) {
      const clean = redactCause(cause, new SecretTable());
      expect(clean).toBe(cause);
      if (!(cause instanceof Holder)) expect(redact(cause)).toBe(cause);
    }
  });

  it('gives an error of the same kind, with everything that is not secret', () => {
    const cause = Object.assign(new RangeError(`bad ${VALUE}`), {
      code: 'E_BAD',
      list: [1, VALUE],
    });
    const clean = redact(cause) as typeof cause;
    expect(clean).toBeInstanceOf(RangeError);
    expect(types.isNativeError(clean)).toBe(true);
    expect(clean).toMatchObject({
      name: 'RangeError',
      message: 'bad [secret]',
      code: 'E_BAD',
      list: [1, '[secret]'],
    });
    expect(clean.stack).toBe(cause.stack?.replace(VALUE, '[secret]'));
    expect(Object.keys(clean)).toEqual(['code', 'list']);
  });

  it('leads back to the copy where the cause leads back to itself', () => {
    const clean = redact(cycle) as typeof cycle;
    expect(clean.self).toEqual({ around: [clean] });
    expect((clean.self as { around: unknown[] }).around[0]).toBe(clean);
  });

  it('does not follow a chain of causes without end', () => {
    const text = printed(redact(chain(5000)));
    expect(text).toContain("[cause]: 'outer'");
    expect(text).not.toContain('hunter2');
  });

  it('leaves out what can not be looked at', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(redact({ proxy, value: VALUE })).toEqual({ proxy: undefined, value: '[secret]' });
  });
});
