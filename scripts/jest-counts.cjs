const { mkdirSync, writeFileSync } = require('node:fs');
const path = require('node:path');

/** Writes the totals of one Jest run to `.jest/counts.json`, where `npm test` adds them up. */
module.exports = class JestCounts {
  #directory;

  constructor(globalConfig) {
    this.#directory = path.join(globalConfig.rootDir, '.jest');
  }

  onRunComplete(_contexts, results) {
    mkdirSync(this.#directory, { recursive: true });
    writeFileSync(
      path.join(this.#directory, 'counts.json'),
      JSON.stringify({
        passed: results.numPassedTests,
        // A file that does not load has no tests to count, yet it is a failure.
        failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
        skipped: results.numPendingTests + results.numTodoTests,
      }),
    );
  }
};
