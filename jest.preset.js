const { availableParallelism } = require('node:os');
const path = require('node:path');

// Nx sets FORCE_COLOR for its tasks, and every process under test would inherit it.
process.env.FORCE_COLOR = '0';
delete process.env.NO_COLOR;

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Siblings resolve to their sources, so tests need no build.
  testEnvironmentOptions: { customExportConditions: ['@proc/source', 'node', 'node-addons'] },
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        // `import()` stays what it is: the only way from CommonJS to an ESM-only package.
        module: { type: 'commonjs', ignoreDynamic: true },
        sourceMaps: 'inline',
      },
    ],
  },
  // One more than there are processors: many tests wait for what takes its time. (Not in per cent: Jest takes '150%' for
  // 150 workers.)
  maxWorkers: availableParallelism() + 1,
  // No test takes this long: it only keeps one that hangs from hanging for ever.
  testTimeout: 60_000,
  // The more memory a process has, the longer it takes to start another one.
  workerIdleMemoryLimit: '512MB',
  testSequencer: path.join(__dirname, 'scripts/longest-first.cjs'),
  reporters: ['default', path.join(__dirname, 'scripts/jest-counts.cjs')],
  restoreMocks: true,
  passWithNoTests: true,
  coverageProvider: 'v8',
  coverageDirectory: '<rootDir>/coverage',
};
