import { beforeEach, describe, expect, it } from '@jest/globals';
import { OwnEnvironment } from '../../../src/native/own-environment.js';

const ADDRESS = 8n;
/** What is in memory behind the list, as what was in it before. */
const BEHIND = 77n;

/** A C library whose `environ(7)` has the variables of an object, in memory that is made up. */
class MadeUpLibrary {
  readonly pointers = { size: 8 };
  readonly variables: Record<string, string> = {};
  /** Where its list is; another place where it had to be moved. */
  first = 4096n;
  copies = 0;

  readonly symbols = {
    environment: {
      address: ADDRESS,
      get: (name: string) => this.variables[name] ?? null,
      copy: (to: Uint8Array | BigUint64Array, from: bigint, size: number) => {
        this.copies += 1;
        const list = this.list;
        const words = Array.from({ length: size / 8 }, (_, index) => {
          if (from === ADDRESS) return this.first;
          return list[Number(from - this.first) / 8 + index] ?? BEHIND;
        });
        new Uint8Array(to.buffer, to.byteOffset, size).set(
          new Uint8Array(BigUint64Array.from(words).buffer),
        );
      },
    },
  };

  /** A pointer for each variable, and the null pointer. */
  get list(): readonly bigint[] {
    return [...Object.values(this.variables).map(BigInt), 0n];
  }
}

describe('a copy of the environment', () => {
  let library: MadeUpLibrary;
  let own: OwnEnvironment;

  const set = (...pointers: readonly number[]): void => {
    for (const name of Object.keys(library.variables)) {
      Reflect.deleteProperty(library.variables, name);
    }
    for (const pointer of pointers) library.variables[`V${pointer}`] = String(pointer);
  };
  const copy = (): readonly bigint[] | undefined => {
    const bytes = own.copyOf(library.variables);
    if (bytes === undefined) return undefined;
    return Array.from({ length: bytes.length / 8 }, (_, index) => bytes.readBigUInt64LE(index * 8));
  };
  /** As a program reads it. */
  const read = (): readonly bigint[] | undefined => {
    const pointers = copy();
    return pointers?.slice(0, pointers.indexOf(0n) + 1);
  };

  beforeEach(() => {
    library = new MadeUpLibrary();
    own = new OwnEnvironment(library as never);
    set(1, 2, 3);
  });

  it('is made in one look as long as the list stays as long', () => {
    expect(copy()).toEqual([1n, 2n, 3n, 0n]);
    set(4, 5, 6);
    library.copies = 0;
    expect(copy()).toEqual([4n, 5n, 6n, 0n]);
    // The address of the list, and the list.
    expect(library.copies).toBe(2);
  });

  it.each([
    ['one more', [1, 2, 3, 4]],
    ['many more', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['one less', [1, 2]],
    ['many less', [1]],
    ['none', []],
  ])('has all of a list that has %s by now', (_, pointers) => {
    expect(read()).toEqual([1n, 2n, 3n, 0n]);
    set(...pointers);
    library.first += 4096n;
    const expected = [...pointers.map(BigInt), 0n];
    expect([read(), read()]).toEqual([expected, expected]);
    set(1, 2, 3);
    expect(read()).toEqual([1n, 2n, 3n, 0n]);
  });

  it('is made of nothing but the environment itself', () => {
    expect(own.copyOf({ ...library.variables })).toBeUndefined();
    expect(own.copyOf(new Proxy(library.variables, {}))).toBeUndefined();
    expect(own.copyOf(Object.freeze({ ...library.variables }))).toBeUndefined();
    expect(library.variables).toEqual({ V1: '1', V2: '2', V3: '3' });
  });
});
