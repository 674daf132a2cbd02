import { delimiter, join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { withLocalBinaries } from '../../../src/launch/local-binaries.js';

describe('withLocalBinaries', () => {
  it('puts the binaries of a directory and of all above it before PATH, the nearest first', () => {
    const { PATH = '' } = withLocalBinaries({ PATH: '/usr/bin', A: 'b' }, '/a/b', 'linux');
    expect(PATH.split(delimiter)).toEqual([
      resolve('/a/b/node_modules/.bin'),
      resolve('/a/node_modules/.bin'),
      resolve('/node_modules/.bin'),
      '/usr/bin',
    ]);
  });

  it('puts them before where the system looks without a PATH, and keeps the rest', () => {
    const binaries = join(resolve('/'), 'node_modules', '.bin');
    const PATH = [binaries, '/usr/bin:/bin'].join(delimiter);
    expect({ ...withLocalBinaries({ A: 'b' }, '/', 'linux') }).toEqual({ A: 'b', PATH });
    expect({ ...withLocalBinaries({ PATH: '' }, '/', 'linux') }).toEqual({ PATH: binaries });
  });

  it("finds Windows' variable whatever its letters are", () => {
    const env = withLocalBinaries({ pAtH: 'C:\\bin' }, '/', 'win32');
    expect(Object.keys(env)).toEqual(['pAtH']);
    expect(Object.keys(withLocalBinaries({}, '/', 'win32'))).toEqual(['Path']);
  });
});
