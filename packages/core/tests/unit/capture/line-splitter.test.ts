import { describe, expect, it } from '@jest/globals';
import { LineSplitter, splitLines } from '../../../src/capture/line-splitter.js';

const TEXT = 'one\ntwo\r\n\nthr\ree\r\nlast\r';
const LINES = ['one', 'two', '', 'thr\ree', 'last\r'];

describe('LineSplitter', () => {
  it('finds the same lines wherever the text is cut', () => {
    for (let first = 0; first <= TEXT.length; first++) {
      for (let second = first; second <= TEXT.length; second++) {
        const splitter = new LineSplitter();
        const lines = [
          ...splitter.push(TEXT.slice(0, first)),
          ...splitter.push(TEXT.slice(first, second)),
          ...splitter.push(TEXT.slice(second)),
        ];
        const rest = splitter.flush();
        expect(rest === undefined ? lines : [...lines, rest]).toEqual(LINES);
      }
    }
  });

  it('gives a line as soon as it is complete', () => {
    const splitter = new LineSplitter();
    expect(splitter.push('a')).toEqual([]);
    expect(splitter.push('b\nc')).toEqual(['ab']);
    expect(splitter.flush()).toBe('c');
    expect(splitter.flush()).toBeUndefined();
  });
});

describe('LineSplitter with a limit', () => {
  it('takes lines of that length, and throws for what becomes longer, however it comes', () => {
    const splitter = new LineSplitter(4);
    expect(splitter.push('abcd')).toEqual([]);
    expect(splitter.push('\n12')).toEqual(['abcd']);
    expect(splitter.push('34')).toEqual([]);
    expect(() => splitter.push('5')).toThrow(RangeError);
    expect(splitter.flush()).toBeUndefined();
  });
});

describe('splitLines', () => {
  it.each([
    ['', []],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\n\n', ['a', '']],
    ['\n', ['']],
    ['a\r\nb', ['a', 'b']],
    ['a\rb\n', ['a\rb']],
  ])('splits %j', (text, lines) => {
    expect(splitLines(text)).toEqual(lines);
  });
});
