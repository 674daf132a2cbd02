import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../../packages', import.meta.url));

/** Errors of code that does not hang together; a test that notices a behaviour fails otherwise. */
const BROKEN_CODE = /^(?:ReferenceError|SyntaxError|TypeError: .* is not a function)/;

/** What is wrong with the place that a mutation edits, if anything is. */
export function placeProblem(mutation) {
  const { file, find, replace } = mutation;
  const source = readFileSync(sourceFileOf(mutation), 'utf8');
  const times = source.split(find).length - 1;
  if (times !== 1) return `the text to be edited stands ${times} times in ${file}`;
  return find === replace ? 'nothing is edited' : undefined;
}

/** The mutations whose tests are in one file, of each file. */
export function byTestFile(mutations) {
  const files = [...new Set(mutations.map(testFileOf))];
  return files.map((file) => mutations.filter((mutation) => testFileOf(mutation) === file));
}

/**
 * Runs the named tests of mutations, all in one file, on the sources as they are or with one mutation applied, and gives
 * the results as Jest does. Nothing on the disk is edited, so nothing has to be put back.
 *
 * @param processes of class TestProcesses
 */
export async function runNamedTests(processes, mutations, { applied, timeoutMs = 120_000 } = {}) {
  const [file] = mutations.map(testFileOf);
  const names = mutations.map(({ test: [, title] }) => titlePattern(title).source).join('|');
  const edit = applied && { ...applied, file: sourceFileOf(applied) };
  return { testResults: [await processes.run({ file, names, edit }, timeoutMs)] };
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

function sourceFileOf({ package: name = 'testing', file }) {
  return path.join(packages, name, 'src', file);
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
