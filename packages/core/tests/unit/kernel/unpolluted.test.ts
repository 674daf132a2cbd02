import { afterEach, describe, expect, it } from '@jest/globals';
import { unpolluted } from '../../../src/kernel/unpolluted.js';

const NAMES = ['file', 'get', 'set', 'value', 'writable', 'configurable'] as const;
const bare = {} as Record<string, unknown>;

function pollute(name: string, value: unknown): void {
  const descriptor = Object.assign(Object.create(null) as PropertyDescriptor, {
    value,
    configurable: true,
    writable: true,
    enumerable: true,
  });
  Object.defineProperty(Object.prototype, name, descriptor);
}

describe('unpolluted', () => {
  afterEach(() => {
    for (const name of NAMES) Reflect.deleteProperty(Object.prototype, name);
  });

  it('hides what was added to Object.prototype, and puts it back as it was', () => {
    for (const name of NAMES) pollute(name, `polluted ${name}`);
    expect(unpolluted(() => NAMES.map((name) => bare[name]))).toEqual(NAMES.map(() => undefined));
    expect(NAMES.map((name) => bare[name])).toEqual(NAMES.map((name) => `polluted ${name}`));
    for (const name of NAMES) {
      expect(Object.getOwnPropertyDescriptor(Object.prototype, name)?.enumerable).toBe(true);
    }
  });

  it('puts it back when the call throws', () => {
    pollute('file', 'evil');
    expect(() =>
      unpolluted(() => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(bare['file']).toBe('evil');
  });

  it('leaves what every object has', () => {
    pollute('file', 'evil');
    expect(unpolluted(() => 'toString' in bare && 'hasOwnProperty' in bare)).toBe(true);
  });
});
