const path = require('node:path');

const rootDir = path.join(__dirname, '../../packages');
const preset = require('../../jest.preset.js');
const [[pattern, [swc, swcOptions]]] = Object.entries(preset.transform);

/**
 * For tests of the packages that have fakes, on sources in which one place may have been edited; nothing on the disk is.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...preset,
  rootDir,
  roots: ['<rootDir>/testing', '<rootDir>/workers'],
  testMatch: ['<rootDir>/*/tests/**/*.test.ts'],
  displayName: 'mutations',
  // Without the behaviour a test may wait for ever, and is to fail soon then.
  testTimeout: 15_000,
  runtime: path.join(__dirname, 'mutating-runtime.cjs'),
  // In files of their own: the sources are read again and again, and maps only where a test fails.
  transform: { [pattern]: [swc, { ...swcOptions, sourceMaps: true }] },
};
