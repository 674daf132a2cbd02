import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it } from '@jest/globals';
import { SpillFile } from '../../../src/capture/spill-file.js';

const ours = (): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`proc-${process.pid}-`));

describe('SpillFile', () => {
  let file: SpillFile;
  afterEach(() => {
    file.close();
  });

  it('gives back exactly what was appended, in any range', () => {
    file = new SpillFile();
    file.append(Buffer.from('hello '));
    file.append(Buffer.alloc(0));
    file.append(Buffer.from('world'));
    expect(file.size).toBe(11);
    for (let from = 0; from <= 11; from++) {
      for (let to = from; to <= 13; to++) {
        expect(file.read(from, to).toString()).toBe('hello world'.slice(from, to));
      }
    }
  });

  it('reads nothing from a range that is empty or beyond the end', () => {
    file = new SpillFile();
    file.append(Buffer.from('abc'));
    expect(file.read(2, 1)).toHaveLength(0);
    expect(file.read(5, 9)).toHaveLength(0);
  });

  it('has no name while it is open', () => {
    file = new SpillFile();
    file.append(Buffer.from('abc'));
    expect(ours()).toEqual([]);
  });

  it('may be closed twice, and is of no use after that', () => {
    file = new SpillFile();
    file.append(Buffer.from('abc'));
    file.close();
    file.close();
    expect(() => file.read(0, 1)).toThrow('The spill file has been closed.');
    expect(() => {
      file.append(Buffer.from('x'));
    }).toThrow('The spill file has been closed.');
  });

  it('keeps the bytes of many apart, in a few descriptors', () => {
    const before = descriptors();
    const files = Array.from({ length: 100 }, () => new SpillFile());
    for (const round of ['one ', 'two ', 'three']) {
      files.forEach((each, index) => {
        each.append(Buffer.from(`${round}${index} `));
      });
    }
    expect(descriptors() - before).toBeLessThanOrEqual(4);
    files.forEach((each, index) => {
      const text = `one ${index} two ${index} three${index} `;
      expect(each.read(0, each.size).toString()).toBe(text);
      expect(each.read(5, 9).toString()).toBe(text.slice(5, 9));
    });
    for (const each of files) each.close();
    expect(descriptors()).toBe(before);
    file = new SpillFile();
  });
});

/** Open descriptors of this process, where the system tells. */
function descriptors(): number {
  return existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0;
}
