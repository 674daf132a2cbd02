import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fakeBehaviours } from '../mutations/fake-behaviours.mjs';
import {
  placeProblem,
  problemUnlessFailed,
  problemUnlessPassed,
  runNamedTests,
} from '../support/mutations.mjs';
import { TestProcesses } from '../support/test-processes.mjs';
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

const processes = new TestProcesses();
after(() => processes.end());

/** Runs some code whenever the named test asks whether a text fits. */
const running = (code) => {
  const find = "const [first = '', ...rest] = pattern.split('*');";
  return { ...wildcard, find, replace: `${code}; ${find}` };
};
const run = (mutation, applied) => runNamedTests(processes, [mutation], { applied });

test('an edit is applied to what is tested, to nothing on the disk, and to no later run', async () => {
  const edited = { ...wildcard, find: 'text.endsWith(last)', replace: 'false' };
  assert.equal(problemUnlessPassed(edited, await run(edited)), undefined);
  assert.equal(problemUnlessFailed(edited, await run(edited, edited)), undefined);
  assert.equal(placeProblem(edited), undefined);
  assert.equal(problemUnlessPassed(edited, await run(edited)), undefined);
  const other = { ...wildcard, find: 'text.endsWith(last)', replace: 'text.endsWith(last) ' };
  assert.match(problemUnlessFailed(other, await run(other, other)), /no test notices it/);
});

test('only the named test runs', async () => {
  const { testResults } = await run(wildcard);
  const titles = testResults[0].assertionResults
    .filter(({ status }) => status === 'passed')
    .map(({ ancestorTitles, title }) => [ancestorTitles.at(-1), title].join(' '));
  assert.ok(titles.length > 1);
  assert.deepEqual(
    titles.filter((title) => !/ fits /.test(title)),
    [],
  );
});

test('code that can not be compiled is told from a test that fails', async () => {
  const edited = { ...wildcard, replace: 'return (;' };
  assert.match(
    problemUnlessFailed(edited, await run(edited, edited)),
    /^the edited code can not be run: /,
  );
  const unknown = running('nowhere()');
  assert.equal(
    problemUnlessFailed(unknown, await run(unknown, unknown)),
    'the edited code is broken: ReferenceError: nowhere is not defined',
  );
});

test('a command that really runs where a fake is gone finds nothing to work on', async () => {
  const telling = running(
    "throw new Error(`in ${process.cwd()} are [${require('node:fs').readdirSync('.')}]`)",
  );
  const { testResults } = await run(telling, telling);
  const [, directory, files] = /in (\S+) are \[(.*?)\]/.exec(JSON.stringify(testResults));
  assert.equal(files, '');
  assert.ok(!directory.startsWith(path.dirname(packages)));
});

test('timers that the tests of one mutation leave do not reach those of the next', async () => {
  for (const code of [
    "setTimeout(() => { throw new Error('late'); }, 100).unref()",
    "void import('node:timers/promises').then((timers) => timers.setTimeout(100)).then(() => { throw 'late'; })",
  ]) {
    const leaving = running(code);
    await run(leaving, leaving);
    for (let times = 0; times < 20; times++) {
      assert.equal(problemUnlessPassed(wildcard, await run(wildcard)), undefined, code);
    }
  }
});

test('a process runs tests until some leave in it what can not be taken back', async () => {
  const telling = running('throw new Error(`in process ${process.pid}`)');
  const ownProcess = async () => {
    const { testResults } = await run(telling, telling);
    return /in process \d+/.exec(JSON.stringify(testResults))[0];
  };
  const first = await ownProcess();
  assert.equal(await ownProcess(), first);
  const leaving = running("require('node:net').createServer().listen(0)");
  await run(leaving, leaving);
  assert.notEqual(await ownProcess(), first);
});

test('tests that do not end, or end their process, are no result, and harm no later run', async () => {
  const endless = running('for (;;)');
  const within = { applied: endless, timeoutMs: 2000 };
  await assert.rejects(runNamedTests(processes, [endless], within), /took longer than 2000 ms/);
  const exits = running('process.exit(3)');
  await assert.rejects(run(exits, exits), /^Error: the tests ended their process with 3/);
  assert.equal(problemUnlessPassed(wildcard, await run(wildcard)), undefined);
});
