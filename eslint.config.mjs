import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Who may import whom: `src` ships and points downwards only, `tests` may use a little more. */
const boundaries = {
  core: { src: [], tests: [] },
  events: { src: ['core'], tests: ['testing'] },
  pipe: { src: ['core'], tests: ['testing'] },
  pool: { src: ['core'], tests: ['testing', 'pipe'] },
  testing: { src: ['core'], tests: [] },
  'driver-posix': { src: ['core'], tests: ['testing'] },
  ipc: { src: ['core'], tests: ['testing'] },
  'ipc-redis': { src: ['core', 'ipc'], tests: ['workers'] },
  workers: { src: ['core', 'ipc'], tests: ['testing'] },
  process: {
    src: ['core', 'events', 'pipe', 'pool', 'driver-posix', 'ipc', 'workers'],
    tests: ['testing'],
  },
};

const enforceBoundaries = ({ tests }) => ({
  '@nx/enforce-module-boundaries': [
    'error',
    {
      allow: [],
      // Tests of a package may import it by its public name.
      allowCircularSelfDependency: tests,
      depConstraints: Object.entries(boundaries).map(([name, allowed]) => ({
        sourceTag: `scope:${name}`,
        onlyDependOnLibsWithTags: [name, ...allowed.src, ...(tests ? allowed.tests : [])].map(
          (target) => `scope:${target}`,
        ),
      })),
    },
  ],
});

const readonly = (...names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

export default defineConfig(
  { ignores: ['**/dist/', '**/coverage/', '**/.tsbuild/', '**/.jest/', '.nx/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{js,cjs,mjs}'],
    languageOptions: { globals: readonly('console', 'process', 'URL') },
  },
  {
    files: ['benchmarks/**/*.mjs'],
    languageOptions: {
      globals: readonly('AbortSignal', 'clearTimeout', 'setImmediate', 'setInterval', 'setTimeout'),
    },
    rules: { 'max-lines': ['error', 250] },
  },
  {
    files: ['examples/**/*.js'],
    languageOptions: {
      globals: readonly(
        'AbortController',
        'AbortSignal',
        'clearInterval',
        'fetch',
        'Response',
        'setInterval',
        'setTimeout',
        'TextDecoderStream',
      ),
    },
  },
  {
    files: [
      '**/*.cjs',
      '*.js',
      'packages/*/jest.config.js',
      // Examples without `"type": "module"`.
      'examples/{backup,jest-fakes}/**/*.js',
    ],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { ...readonly('__dirname', 'require'), module: 'writable' },
    },
  },
  {
    // Jest has its functions global there.
    files: ['examples/{backup/tests/stock-jest,jest-fakes/tests}/**/*.js'],
    languageOptions: {
      globals: readonly('afterEach', 'beforeEach', 'describe', 'expect', 'test'),
    },
  },
  {
    files: ['packages/**/*.ts', 'demo/src/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: {
      // One program for all: what a package takes from another is parsed and checked once.
      parserOptions: { project: 'tsconfig.lint.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // A contract and its token share one name: `interface X` beside `const X`.
      '@typescript-eslint/no-redeclare': 'off',
      // `async` without `await` is how a contract's method turns a throw into a rejection.
      '@typescript-eslint/require-await': 'off',
      // Callbacks return `void | Promise<void>`.
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A hook or a null object does nothing by design.
      '@typescript-eslint/no-empty-function': ['error', { allow: ['methods', 'asyncMethods'] }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    rules: {
      ...enforceBoundaries({ tests: false }),
      'max-lines': ['error', 250],
      // Code is left to prettier, which wraps no comment.
      'max-len': ['error', { code: 1000, comments: 120, ignorePattern: 'eslint-disable' }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
    },
  },
  {
    files: ['packages/*/tests/**/*.ts'],
    rules: {
      ...enforceBoundaries({ tests: true }),
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // Programs under test run as they are, in either module format.
    files: ['packages/*/tests/**/*.{js,cjs,mjs}'],
    rules: { 'no-undef': 'off' },
  },
);
