const path = require('node:path');

const rootDir = path.join(__dirname, '../../packages');
const preset = require('../../jest.preset.js');
const [[pattern, [, swcOptions]]] = Object.entries(preset.transform);

/**
 * Runs tests of the packages that have fakes on sources in which one place has been edited; nothing on the disk is.
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
  reporters: [],
  transform: { [pattern]: [path.join(__dirname, 'mutating-transform.cjs'), swcOptions] },
};
