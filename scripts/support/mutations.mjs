import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { plainEnvironment, run } from './run.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packages = path.join(root, 'packages');
const config = path.join(root, 'scripts/mutations/jest.config.cjs');
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');

/** Errors of code that does not hang together; a test that notices a behaviour fails otherwise. */
const BROKEN_CODE = /^(?:ReferenceError|SyntaxError|TypeError: .* is not a function)/;

/** What is wrong with the place that a mutation edits, if anything is. */
export function placeProblem({ package: name = 'testing', file, find, replace }) {
  const source = readFileSync(path.join(packages, name, 'src', file), 'utf8');
  const times = source.split(find).length - 1;
  if (times !== 1) return `the text to be edited stands ${times} times in ${file}`;
  return find === replace ? 'nothing is edited' : undefined;
}

/**
 * Runs the named tests of some mutations, on the sources as they are or with one of them applied, and gives Jest's
 * results. Nothing on the disk is edited, so nothing has to be put back.
 */
export async function runNamedTests(mutations, { applied, timeoutMs = 120_000 } = {}) {
  const directory = mkdtempSync(path.join(tmpdir(), 'mutations-'));
  const output = path.join(directory, 'results.json');
  const files = new Set(mutations.map(testFileOf));
  const named = mutations.map(({ test: [, title] }) => titlePattern(title).source);
  const mode = ['--config', config, '--runInBand', '--forceExit', '--json', '--outputFile', output];
  const only = ['--testNamePattern', named.join('|'), '--runTestsByPath', ...files];
  const env = plainEnvironment({ MUTATION: JSON.stringify(applied ?? {}) });
  const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest];
  try {
    const ended = await run(process.execPath, [...node, ...mode, ...only], {
      cwd: root,
      env,
      timeoutMs,
    });
    if (ended.timedOut) throw new Error(`the tests took longer than ${timeoutMs} ms`);
    return JSON.parse(readFileSync(output, 'utf8'));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What is wrong with the results of a test that has to pass. */
export function problemUnlessPassed(mutation, results) {
  const { test } = mutation;
  const { broken, named } = found(mutation, results);
  if (broken !== undefined) return broken;
  if (named.length === 0) return `there is no such test: ${nameOf(test)}`;
  const failed = named.filter(({ status }) => status !== 'passed');
  return failed.length > 0 ? `it does not pass without the edit: ${nameOf(test)}` : undefined;
}

/** What is wrong with the results of a test that has to fail, by what it expects and not by broken code. */
export function problemUnlessFailed(mutation, results) {
  const { test } = mutation;
  const { broken, named } = found(mutation, results);
  if (broken !== undefined) return `the edited code can not be run: ${broken}`;
  const failed = named.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return `no test notices it; it should be ${nameOf(test)}`;
  const noted = failed.flatMap(({ failureMessages }) => failureMessages);
  return noted.every((message) => BROKEN_CODE.test(message))
    ? `the edited code is broken: ${firstLine(noted[0])}`
    : undefined;
}

function found(mutation, { testResults }) {
  const [, title] = mutation.test;
  const own = testResults.filter(({ name }) => name === testFileOf(mutation));
  const unable = own.find(({ assertionResults, status }) => {
    return status === 'failed' && !assertionResults.some((each) => each.status === 'failed');
  });
  const pattern = titlePattern(title);
  const named = own.flatMap(({ assertionResults }) =>
    assertionResults.filter((each) => each.status !== 'pending' && pattern.test(each.fullName)),
  );
  return { broken: unable && firstLine(unable.message), named };
}

function testFileOf({ package: name = 'testing', test: [file] }) {
  return path.join(packages, name, 'tests/unit', file);
}

/** Titles of `it.each` have a placeholder where each test has a value. */
function titlePattern(title) {
  const parts = title.split(/%[a-z]/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(?:^| )${parts.join('.*')}$`, 's');
}

function nameOf([file, title]) {
  return `${file} › “${title}”`;
}

function firstLine(text) {
  return text.trim().split('\n', 1)[0];
}
