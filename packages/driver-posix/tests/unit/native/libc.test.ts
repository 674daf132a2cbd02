import { closeSync, openSync } from 'node:fs';
import { DriverUnavailableError } from '@proc/core';
import { describe, expect, it } from '@jest/globals';
import { Libc } from '../../../src/native/libc.js';
import { loadKoffi, type Koffi } from '../../../src/native/load-koffi.js';
import { leftOut } from '../../support/left-out.js';

/** What older libraries do not have. */
const NEWER = /_np$/;

/** A koffi whose C library has some functions, and notes every call. */
function imitation(
  functions: Readonly<Record<string, (...args: never[]) => number>>,
  missing = /pipe2/,
): {
  readonly koffi: Koffi;
  readonly calls: unknown[][];
} {
  const calls: unknown[][] = [];
  const koffi = {
    sizeof: () => 8,
    address: () => 0n,
    errno: () => 24,
    load: () => ({
      symbol: () => 0n,
      func: (declaration: string) => {
        const [, name = ''] = /(\w+)\(/.exec(declaration) ?? [];
        if (missing.test(name) && !(name in functions)) throw new Error('no such function');
        return (...args: never[]) => {
          calls.push([name, ...args]);
          return functions[name]?.(...args) ?? 0;
        };
      },
    }),
  };
  return { koffi: koffi as unknown as Koffi, calls };
}

const onLinux = process.platform === 'linux' ? it : it.skip;
if (onLinux !== it) leftOut('only Linux lists the descriptors of a process');

const fill = (ends: Int32Array): number => {
  ends.set([5, 6]);
  return 0;
};

describe('the C library', () => {
  it('makes pipes that no program inherits by one call on Linux', () => {
    const { koffi, calls } = imitation({ pipe2: fill });
    expect(Libc.load('linux', () => koffi).pipe()).toEqual({ read: 5, write: 6 });
    expect(calls.map(([name, , flags]) => [name, flags])).toEqual([
      ['pipe2', 0o2000000],
      ['fcntl', 1031],
    ]);
  });

  it('makes pipes that no program inherits on macOS, which has no call for it', () => {
    const { koffi, calls } = imitation({ pipe: fill });
    expect(Libc.load('darwin', () => koffi).pipe()).toEqual({ read: 5, write: 6 });
    expect(calls.slice(1)).toEqual([
      ['fcntl', 5, 2, 'int', 1],
      ['fcntl', 6, 2, 'int', 1],
    ]);
  });

  it("gives the system's error when descriptors have run out", () => {
    const { koffi } = imitation({ pipe2: () => -1, fcntl: () => -1 });
    const libc = Libc.load('linux', () => koffi);
    expect(() => libc.pipe()).toThrow(expect.objectContaining({ code: 'EMFILE' }));
    expect(() => libc.duplicate(1)).toThrow(expect.objectContaining({ code: 'EMFILE' }));
  });

  it.each([
    [8, 4],
    [4, 3],
  ])('finds the child that has ended where pointers have %d bytes', (size, word) => {
    const named = (_: never, __: never, info: Int32Array): number => {
      info[word] = 4321;
      return 0;
    };
    const { koffi, calls } = imitation({ waitid: named });
    koffi.sizeof = () => size;
    expect(Libc.load('linux', () => koffi).endedChild()).toBe(4321);
    expect(calls.map(([name, type, id, , options]) => [name, type, id, options])).toEqual([
      ['waitid', 0, 0, 0x01000005],
    ]);
  });

  it('names no child that has ended where there is none, and none of this process', () => {
    const libc = (answer: number): Libc =>
      Libc.load('linux', () => imitation({ waitid: () => answer }).koffi);
    expect([libc(0).endedChild(), libc(-1).endedChild()]).toEqual([undefined, undefined]);
  });

  it('asks for no child that has ended on macOS', () => {
    const { koffi, calls } = imitation({});
    expect(Libc.load('darwin', () => koffi).endedChild()).toBeUndefined();
    expect(calls).toEqual([]);
  });

  it('does without what an older library does not have', () => {
    const { actions } = Libc.load('linux', () => imitation({}, NEWER).koffi).symbols;
    expect([actions.changeDirectory === undefined, actions.closeFrom]).toEqual([false, undefined]);
  });

  onLinux(
    'has each descriptor closed that would be inherited, where none can be told to close all',
    () => {
      const inheritable = (closeFrom: object, flags: number): readonly number[] =>
        Libc.load('linux', () => imitation({ ...closeFrom, fcntl: () => flags }, NEWER).koffi)
          .inheritable;
      const closeFrom = { posix_spawn_file_actions_addclosefrom_np: () => 0 };
      const held = openSync('/dev/null', 'r');
      expect(inheritable({}, 0)).toContain(held);
      expect(Math.min(...inheritable({}, 0))).toBeGreaterThan(2);
      // Closed by themselves, and not there.
      for (const flags of [1, -1]) expect(inheritable({}, flags)).toEqual([]);
      expect(inheritable(closeFrom, 0)).toEqual([]);
      closeSync(held);
    },
  );

  it('leaves it to macOS to close all', () => {
    const { koffi, calls } = imitation({}, NEWER);
    expect(Libc.load('darwin', () => koffi).inheritable).toEqual([]);
    expect(calls).toEqual([]);
  });

  it.each(['win32', 'freebsd'] as const)('is not there for the driver on %s', (platform) => {
    const load = (): Libc => Libc.load(platform, () => imitation({}).koffi);
    expect(load).toThrow(DriverUnavailableError);
    expect(load).toThrow(platform);
  });

  it('says what to do where koffi is missing', () => {
    const load = (): unknown =>
      loadKoffi(() => {
        throw new Error("Cannot find module 'koffi'");
      });
    expect(load).toThrow(DriverUnavailableError);
    expect(load).toThrow(/npm install @koromix\/koffi-.*PROC_DRIVER=node/);
  });
});
