import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fakeBehaviours } from '../mutations/fake-behaviours.mjs';
import {
  placeProblem,
  problemUnlessFailed,
  problemUnlessPassed,
  runNamedTests,
} from '../support/mutations.mjs';
import { testTitles } from '../support/test-titles.mjs';

const packages = fileURLToPath(new URL('../../packages', import.meta.url));
const unitTests = path.join(packages, 'testing/tests/unit');

const wildcard = {
  behaviour: 'a wildcard is one',
  file: 'matching/wildcard.ts',
  find: "return pattern.includes('*');",
  replace: 'return false;',
  test: ['matching/wildcard.test.ts', '%j fits %j'],
};

/** Results as Jest gives them. */
const results = (...tests) => ({
  testResults: [
    {
      name: path.join(unitTests, 'matching/wildcard.test.ts'),
      status: tests.some(({ status }) => status === 'failed') ? 'failed' : 'passed',
      message: '',
      assertionResults: tests.map((each) => ({ failureMessages: [], ...each })),
    },
  ],
});
const named = (status, ...failureMessages) => ({
  fullName: 'matchesWildcard "*" fits "a"',
  status,
  failureMessages,
});

test('each place stands once in the sources, and each test exists', () => {
  for (const mutation of fakeBehaviours) {
    const { package: name = 'testing' } = mutation;
    const [file, title] = mutation.test;
    assert.equal(placeProblem(mutation), undefined, mutation.behaviour);
    const tests = path.join(packages, name, 'tests/unit', file);
    assert.ok(testTitles(tests).has(title), `${file} › ${title}`);
  }
  const names = new Set(fakeBehaviours.map(({ behaviour }) => behaviour));
  assert.equal(names.size, fakeBehaviours.length);
});

test('a part of a name that is in none is refused before anything runs', () => {
  const script = fileURLToPath(new URL('../mutations.mjs', import.meta.url));
  const [{ behaviour }] = fakeBehaviours;
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, behaviour, 'nowhere'], {
    encoding: 'utf8',
  });
  assert.deepEqual([status, stdout], [1, '']);
  assert.equal(stderr, "There is no behaviour with 'nowhere' in its name.\n");
});

test('a place that is not there, stands there twice, or stays as it is, is a problem', () => {
  const problem = (change) => placeProblem({ ...wildcard, ...change });
  assert.match(problem({ find: 'nowhere' }), /stands 0 times in matching\/wildcard\.ts/);
  assert.match(problem({ find: 'pattern' }), /stands \d+ times/);
  assert.equal(problem({ replace: wildcard.find }), 'nothing is edited');
  assert.equal(problem({}), undefined);
});

test('the named test has to pass without the edit', () => {
  assert.equal(problemUnlessPassed(wildcard, results(named('passed'))), undefined);
  assert.match(problemUnlessPassed(wildcard, results(named('failed'))), /does not pass without/);
  assert.match(problemUnlessPassed(wildcard, results(named('pending'))), /there is no such test/);
  const other = { fullName: 'matchesWildcard "*" does not fit "a"', status: 'passed' };
  assert.match(problemUnlessPassed(wildcard, results(other)), /there is no such test/);
});

test('the named test has to fail with it, by what it expects', () => {
  const failed = named('failed', 'Error: expect(received).toBe(expected)');
  assert.equal(problemUnlessFailed(wildcard, results(named('passed'), failed)), undefined);
  assert.match(problemUnlessFailed(wildcard, results(named('passed'))), /no test notices it/);
  const broken = named('failed', 'ReferenceError: nothing is not defined\n    at …');
  assert.equal(
    problemUnlessFailed(wildcard, results(broken)),
    'the edited code is broken: ReferenceError: nothing is not defined',
  );
});

test('an edit is applied to what is tested, and to nothing on the disk', async () => {
  const edited = { ...wildcard, find: 'text.endsWith(last)', replace: 'false' };
  assert.equal(problemUnlessPassed(edited, await runNamedTests([edited])), undefined);
  const withEdit = await runNamedTests([edited], { applied: edited });
  assert.equal(problemUnlessFailed(edited, withEdit), undefined);
  assert.equal(placeProblem(edited), undefined);
});

test('code that can not be compiled is told from a test that fails', async () => {
  const edited = { ...wildcard, replace: 'return (;' };
  const withEdit = await runNamedTests([edited], { applied: edited });
  assert.match(problemUnlessFailed(edited, withEdit), /^the edited code can not be run: /);
});
