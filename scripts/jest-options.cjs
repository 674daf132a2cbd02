const {
  maxWorkers,
  testTimeout,
  workerIdleMemoryLimit,
  testSequencer,
  reporters,
  coverageProvider,
  coverageDirectory,
  passWithNoTests,
  ...projectOptions
} = require('../jest.preset.js');

/** The preset of all packages, for a run of several projects: what is said once, and what each of them says. */
module.exports = {
  globalOptions: {
    maxWorkers,
    testTimeout,
    workerIdleMemoryLimit,
    testSequencer,
    reporters,
    coverageProvider,
    coverageDirectory,
    passWithNoTests,
  },
  projectOptions,
};
