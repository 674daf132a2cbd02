import { describe, expect, it } from '@jest/globals';
import { codeDirectory } from '../../../src/kernel/code-directory.js';

describe('codeDirectory', () => {
  it.each([
    ['/app/node_modules/@proc/core/dist', '/app/node_modules/@proc/core/dist'],
    ['/app/node_modules/@proc/core/dist/parts', '/app/node_modules/@proc/core/dist'],
    ['/code/packages/core/src/kernel', '/code/packages/core/src'],
    ['/home/me/src/app/dist/node_modules/@proc/core/dist/a/b', undefined],
    ['C:\\app\\node_modules\\@proc\\core\\dist\\parts', 'C:\\app\\node_modules\\@proc\\core\\dist'],
    ['/app/srcs/distance', '/app/srcs/distance'],
  ])('of %s', (below, directory = below.replace('/a/b', '')) => {
    expect(codeDirectory(below)).toBe(directory);
  });
});
