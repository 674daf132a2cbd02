const path = require('node:path');

const rootDir = path.join(__dirname, '../../packages/testing');
const preset = require('../../jest.preset.js');
const [[pattern, [, swcOptions]]] = Object.entries(preset.transform);

/**
 * Runs tests of packages/testing on sources in which one place has been edited; nothing on the disk is.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...preset,
  rootDir,
  displayName: 'mutations',
  // Without the behaviour a test may wait for ever, and is to fail soon then.
  testTimeout: 15_000,
  reporters: [],
  transform: { [pattern]: [path.join(__dirname, 'mutating-transform.cjs'), swcOptions] },
};
