// Checks that docs/conformance.md names, for every id of the acceptance lists, a test that exists, or a reason why
// there is none: `node scripts/conformance.mjs [list…]`, such as `L D`. Ends with `N passed, N failed`, counting ids.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { idsOf, problemsOf } from './support/conformance.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const document = 'docs/conformance.md';
const all = idsOf([
  'L1-L75',
  'D1-D27',
  'S1-S72',
  'G1-G30',
  'P1-P38',
  'A1-A58',
  'F1-F40',
  'F64-F66',
  'F70-F72',
  'R1-R12',
  'U15-U24',
  'W1-W63',
]);

const lists = process.argv.slice(2);
const asked = (id) => lists.length === 0 || lists.includes(id[0]);

const markdown = readFileSync(path.join(root, document), 'utf8');
const problems = problemsOf(markdown, { ids: all, root }).filter(({ id }) => asked(id));
for (const { id, line, problem } of problems) {
  console.log(`FAIL  ${document}${line === undefined ? '' : `:${line}`} ${id}: ${problem}`);
}

const wrong = new Set(problems.map(({ id }) => id));
const passed = all.filter((id) => asked(id) && !wrong.has(id)).length;
console.log(`${passed} passed, ${wrong.size} failed`);
process.exitCode = wrong.size > 0 ? 1 : 0;
