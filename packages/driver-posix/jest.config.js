const path = require('node:path');
const { globalOptions, projectOptions } = require('../../scripts/jest-options.cjs');

const setUp = path.join(__dirname, 'tests/support/use-posix.cjs');
// Seen by the tests of the other packages, and by the programs that they start.
process.env.PROC_TEST_DRIVER = 'posix';
process.env.PROC_TEST_SETUP = setUp;

/** Tests that go by no driver, or by one of their own choice: run here, they would only be run once more. */
const elsewhere = [
  'core/.*/import',
  'core/.*/many-runs',
  'pool/.*/held-output',
  'pool/.*/memory',
  'pool/.*/shared-signal',
  'pipe/.*/kernel-pipes',
];

/** Those tests of another package that start programs, on this driver. */
const onThisDriver = (name) => ({
  ...projectOptions,
  displayName: `${name} on posix`,
  rootDir: path.join(__dirname, '..', name),
  testMatch: ['<rootDir>/tests/integration/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...elsewhere.map((name) => `${name}[.]test[.]ts$`)],
  setupFiles: [setUp],
});

module.exports = {
  ...globalOptions,
  projects: [
    { ...projectOptions, displayName: 'driver-posix', rootDir: __dirname },
    ...['core', 'pool', 'pipe'].map(onThisDriver),
  ],
};
