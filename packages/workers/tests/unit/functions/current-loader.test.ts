import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { currentLoader, installedLoader } from '../../../src/functions/modules/current-loader.js';

describe('the loader of this program', () => {
  test.each([
    [['--import', 'tsx'], 'tsx'],
    [['--import=tsx/esm'], 'tsx'],
    [
      [
        '--require',
        '/app/node_modules/tsx/dist/preflight.cjs',
        '--import',
        'file:///app/node_modules/tsx/dist/loader.mjs',
      ],
      'tsx',
    ],
    [['-r', 'ts-node/register'], 'ts-node'],
    [['--loader', 'ts-node/esm'], 'ts-node'],
    [['-r', '@swc-node/register'], 'swc'],
    [['--import', '@swc-node/register/esm-register'], 'swc'],
    [['--enable-source-maps', '--require', './tsx-free.cjs'], undefined],
    [[], undefined],
  ])('is seen in its command line: %j', (words, name) => {
    expect(currentLoader(words)?.name).toBe(name);
  });

  test('is looked for beside its own files where they are named, else from the working directory', () => {
    expect(currentLoader(['--import', 'file:///app/node_modules/tsx/dist/loader.mjs'])?.from).toBe(
      '/app/node_modules/tsx/dist/loader.mjs',
    );
    expect(currentLoader(['--import', 'tsx'])?.from).toBe(resolve('noop.js'));
  });

  test('is one that is installed for the file, where there is no other and Node reads no TypeScript', () => {
    expect(installedLoader(__filename, false)).toEqual({ name: 'tsx', from: __filename });
    expect(installedLoader(__filename, true)).toBeUndefined();
    expect(installedLoader('/nowhere/at-all.ts', false)).toBeUndefined();
  });
});
