import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { idsOf, problemsOf } from '../support/conformance.mjs';
import { testTitles } from '../support/test-titles.mjs';

const root = mkdtempSync(path.join(tmpdir(), 'conformance-'));
after(() => rmSync(root, { recursive: true, force: true }));

const write = (name, lines) => {
  writeFileSync(path.join(root, name), lines.join('\n'));
  return path.join(root, name);
};
write('a.test.ts', ["it('runs', () => {});", "it('keeps a | b', () => {});"]);

const problems = (...rows) =>
  problemsOf(['| Id | What | Shown by |', '| --- | --- | --- |', ...rows].join('\n'), {
    ids: ['L1'],
    root,
  }).map(({ id, problem }) => `${id}: ${problem}`);
const shownBy = (shown) => problems(`| L1 | it runs | ${shown} |`);

test('takes a test, several, a reason, and both', () => {
  assert.deepEqual(shownBy('`a.test.ts` › “runs”'), []);
  assert.deepEqual(shownBy('`a.test.ts` › “runs”<br>`a.test.ts` › “keeps a \\| b”'), []);
  assert.deepEqual(shownBy('— has no meaning here'), []);
  assert.deepEqual(shownBy('`a.test.ts` › “runs”<br>— but faster'), []);
});

test('names an id that is missing, unknown or doubled', () => {
  const row = (id) => `| ${id} | it runs | — why |`;
  assert.deepEqual(problems(), ['L1: no row']);
  assert.deepEqual(problems(row('L1'), row('L2')), ['L2: an id of no list']);
  assert.deepEqual(problems(row('L1'), row('L1')), ['L1: a second row, the first is in line 3']);
});

test('names a row that shows nothing', () => {
  assert.deepEqual(shownBy(''), ['L1: neither test nor reason']);
  assert.deepEqual(shownBy('TODO'), ['L1: still to do']);
  assert.deepEqual(shownBy('`a.test.ts` › “runs”<br>TODO'), ['L1: still to do']);
  assert.deepEqual(shownBy('—'), ['L1: not a test, nor a reason behind a dash: —']);
  assert.deepEqual(shownBy('`a.test.ts`'), [
    'L1: not a test, nor a reason behind a dash: `a.test.ts`',
  ]);
  assert.deepEqual(problems('| L1 |  | — why |'), ['L1: does not say what it is about']);
  assert.deepEqual(problems('| L1 | — why |'), ['L1: 2 cells instead of 3']);
});

test('names a file or a test that does not exist', () => {
  assert.deepEqual(shownBy('`b.test.ts` › “runs”'), ['L1: no such file: b.test.ts']);
  assert.deepEqual(shownBy('`a.ts` › “runs”'), ['L1: not a file of tests: a.ts']);
  assert.deepEqual(shownBy('`a.test.ts` › “walks”'), ['L1: no such test in a.test.ts: “walks”']);
});

test('looks at tables of its own form only', () => {
  const markdown = ['| Id | Name |', '| --- | --- |', '| L1 | other |'].join('\n');
  assert.equal(problemsOf(markdown, { ids: [], root }).length, 0);
});

test('finds the tests that run, by the text of their source', () => {
  const file = write('titles.test.ts', [
    "it('plain', () => {});",
    'test(`of ${name}`, () => {});',
    "it.each([1])('of %p', () => {});",
    "it.each`a`('of $a', () => {});",
    "(onLinux ? it : it.skip)('on one platform', () => {});",
    'const here = onLinux ? it : it.skip;',
    "here('by another name', () => {});",
    "onEveryDriver('group', () => { it('within a group', () => {}); });",
    "for (const x of []) it('again and again', () => {});",
    "it.skip('skipped', () => {});",
    "it.skip.each([1])('skipped, each', () => {});",
    "it.todo('planned');",
    "xit('crossed out', () => {});",
    "describe.skip('group', () => { it('in a skipped group', () => {}); });",
    "describe.skip.each([1])('group', () => { it('in skipped groups', () => {}); });",
    "// it('in a comment', () => {});",
    "processes.run('echo', () => {});",
    "describe('no test', () => {});",
  ]);
  assert.deepEqual(
    [...testTitles(file)],
    [
      'plain',
      'of ${name}',
      'of %p',
      'of $a',
      'on one platform',
      'by another name',
      'within a group',
      'again and again',
    ],
  );
});

test('counts ids as their lists do', () => {
  assert.deepEqual(idsOf(['L9-L11', 'D1']), ['L9', 'L10', 'L11', 'D1']);
});
