const { mkdirSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const SLOW_SECONDS = 10;

/** The files that took long, as `[file, seconds]`. */
function slowFiles({ testResults }) {
  return testResults
    .map(({ testFilePath, perfStats }) => [
      path.relative(path.join(__dirname, '..'), testFilePath),
      Math.round((perfStats.end - perfStats.start) / 1000),
    ])
    .filter(([, seconds]) => seconds >= SLOW_SECONDS);
}

/** What failed, as `[file › test, message]`. */
function failuresOf({ testResults }) {
  return testResults.flatMap(({ testFilePath, testExecError, testResults: tests }) => {
    const file = path.relative(path.join(__dirname, '..'), testFilePath);
    const failed = tests
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => [
        `${file} › ${fullName}`,
        failureMessages.join('\n'),
      ]);
    return testExecError ? [[file, String(testExecError.message)], ...failed] : failed;
  });
}

/** What was left out, as `file › test`: the name says why. */
function skippedOf({ testResults }) {
  return testResults.flatMap(({ testFilePath, testResults: tests }) =>
    tests
      .filter(({ status }) => status === 'pending' || status === 'todo')
      .map(
        ({ fullName }) =>
          `${path.relative(path.join(__dirname, '..'), testFilePath)} › ${fullName}`,
      ),
  );
}

/** Writes the totals, what was left out, the failures and the slow files of one Jest run to `.jest/counts.json`, where `npm test` adds them up. */
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
        leftOut: skippedOf(results),
        failures: failuresOf(results),
        slow: slowFiles(results),
      }),
    );
  }
};
