import { existsSync } from 'node:fs';
import path from 'node:path';
import { testTitles } from './test-titles.mjs';

const TEST = /^`([^`]+)` › “(.+)”$/;
/** A contract is a suite that several files of tests run. */
const TESTS = /(\.test|-contract)\.ts$/;
const REASON = /^— \S/;

/** `['L1-L3', 'L67']` are L1, L2, L3 and L67. */
export function idsOf(ranges) {
  return ranges.flatMap((range) => {
    const [, list, from, to = from] = /^([A-Z])(\d+)(?:-[A-Z](\d+))?$/.exec(range);
    return Array.from({ length: to - from + 1 }, (_, index) => `${list}${Number(from) + index}`);
  });
}

/** The rows of every table whose columns are those of this document, with the line each stands in. */
function rowsOf(markdown) {
  const rows = [];
  let inside = false;
  for (const [index, text] of markdown.split('\n').entries()) {
    const cells = cellsOf(text);
    if (!cells) inside = false;
    else if (cells.join() === 'Id,What,Shown by') inside = true;
    else if (inside && !cells.every((cell) => /^:?-+:?$/.test(cell))) {
      rows.push({ line: index + 1, cells });
    }
  }
  return rows;
}

function cellsOf(text) {
  const line = text.trim();
  if (!line.startsWith('|') || !line.endsWith('|')) return undefined;
  return line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/**
 * What is wrong with a document that is to say for every id which tests show it, or why none can: a list of problems,
 * each with the id it belongs to.
 */
export function problemsOf(markdown, { ids, root }) {
  const expected = new Set(ids);
  const seen = new Map();
  const problems = [];
  const titles = new Map();

  const titlesOf = (file) => {
    if (!titles.has(file)) titles.set(file, testTitles(path.join(root, file)));
    return titles.get(file);
  };
  const checkShown = (shown) => {
    if (shown === '') return ['neither test nor reason'];
    return shown
      .split('<br>')
      .map((part) => part.trim())
      .flatMap((part) => {
        if (part === 'TODO') return ['still to do'];
        if (REASON.test(part)) return [];
        const match = TEST.exec(part);
        if (!match) return [`not a test, nor a reason behind a dash: ${part}`];
        const [, file, title] = match;
        if (!TESTS.test(file)) return [`not a file of tests: ${file}`];
        if (!existsSync(path.join(root, file))) return [`no such file: ${file}`];
        return titlesOf(file).has(title) ? [] : [`no such test in ${file}: “${title}”`];
      });
  };

  for (const { line, cells } of rowsOf(markdown)) {
    const [id, what, shown] = cells;
    const found = [];
    if (cells.length !== 3) found.push(`${cells.length} cells instead of 3`);
    else {
      if (!expected.has(id)) found.push('an id of no list');
      if (seen.has(id)) found.push(`a second row, the first is in line ${seen.get(id)}`);
      if (what === '' || what === 'TODO') found.push('does not say what it is about');
      found.push(...checkShown(shown));
    }
    if (!seen.has(id)) seen.set(id, line);
    problems.push(...found.map((problem) => ({ id, line, problem })));
  }
  for (const id of ids) if (!seen.has(id)) problems.push({ id, problem: 'no row' });
  return problems;
}
