import { describe, expect, it } from '@jest/globals';
import { cString, cStrings } from '../../../src/native/c-strings.js';

const BASE = 0x7000_0000_1000n;

/** Reads the lists back as C would, from memory that begins at `base`. */
function readBack(lists: readonly Buffer[], size: number, base: bigint): string[][] {
  const memory = Buffer.from(lists[0]!.buffer);
  return lists.map((list) => {
    const strings: string[] = [];
    for (let at = 0; ; at += size) {
      const pointer = size === 8 ? list.readBigUInt64LE(at) : BigInt(list.readUInt32LE(at));
      if (pointer === 0n) return strings;
      const start = Number(pointer - base);
      strings.push(memory.toString('utf8', start, memory.indexOf(0, start)));
    }
  });
}

describe('lists of strings in memory', () => {
  it.each([
    [8, BASE],
    [4, 0x1000n],
  ])('are lists of pointers of %i bytes that end in a null pointer', (size, base) => {
    const lists = [['sh', '-c', '', 'grün €'], [], ['A=1', 'B=\n']];
    const laidOut = cStrings(lists, { size, addressOf: () => base });
    expect(readBack(laidOut, size, base)).toEqual(lists);
  });

  it('are refused with a NUL byte, at which C would end them', () => {
    const lay = (...list: string[]) => cStrings([list], { size: 8, addressOf: () => BASE });
    const refused = expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' });
    // As many bytes before the NUL as the string has letters: what is behind it must not become the next string.
    for (const list of [['a\0b'], ['\0'], ['x', 'grün\0', 'y'], ['ü\0'], ['éé\0rest', 'y']]) {
      expect(() => lay(...list)).toThrow(refused);
    }
  });

  it('may be empty', () => {
    expect(readBack(cStrings([[]], { size: 8, addressOf: () => BASE }), 8, BASE)).toEqual([[]]);
  });
});

describe('a string in memory', () => {
  it('ends in a NUL byte, and is refused with another one', () => {
    expect(cString('grün')).toEqual(Buffer.from('grün\0'));
    for (const text of ['/usr\0x', '\0', 'ü\0']) {
      expect(() => cString(text)).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }),
      );
    }
  });
});
