import fs, { fstatSync } from 'node:fs';
import { describe, expect, it, jest } from '@jest/globals';
import { MarkFile } from '../../../src/backends/mark-file.js';

function noSpace(): never {
  throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
}

describe('The file in which a worker notes what it begins', () => {
  it('has its room from the beginning, so that a folder that fills up later is no matter', () => {
    const marks = new MarkFile(3);
    // What was begun last, and one for each task that may be asked to end.
    expect(fstatSync(marks.descriptor ?? -1).size).toBe(4 * (1 + marks.places));
    expect(marks.started).toBe(0);
    marks.close();
  });

  it('is none where all folders are full, and leaves no descriptor behind', () => {
    jest.spyOn(fs, 'writeSync').mockImplementation(noSpace);
    const opened = jest.spyOn(fs, 'openSync');
    const marks = new MarkFile(1);
    expect([marks.descriptor, marks.started]).toEqual([undefined, Infinity]);
    expect(opened.mock.results.length).toBeGreaterThan(0);
    for (const { value } of opened.mock.results) {
      expect(() => fstatSync(value as number)).toThrow('EBADF');
    }
    marks.close();
  });
});
