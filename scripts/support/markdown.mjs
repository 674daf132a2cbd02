import { readFileSync } from 'node:fs';

const FENCE = /^(\s*)(`{3,})(\S*)[ \t]*(.*)$/;

/**
 * The TypeScript snippets of a Markdown file: `{ file, line, code, mode, output }`.
 *
 * `mode` is the word behind `ts`: none for a program that is run, `no-run`, or `jest`. A fence `text output` that
 * follows is what the program prints; in it `…` stands for anything within a line.
 */
export function snippetsOf(file, name) {
  const snippets = [];
  for (const block of fencedBlocks(readFileSync(file, 'utf8'))) {
    if (block.language === 'ts') {
      snippets.push({ file: name, line: block.line, code: block.text, mode: block.info || 'run' });
    } else if (block.language === 'text' && block.info === 'output') {
      const last = snippets.at(-1);
      if (last === undefined) throw new Error(`${name}:${block.line}: output without a program`);
      last.output = block.text;
    }
  }
  return snippets;
}

function fencedBlocks(markdown) {
  const blocks = [];
  let open;
  markdown.split(/\r?\n/).forEach((text, index) => {
    if (open !== undefined) {
      if (text.trim() === open.fence) {
        blocks.push({ ...open, text: open.lines.join('\n') });
        open = undefined;
      } else {
        open.lines.push(text.startsWith(open.indent) ? text.slice(open.indent.length) : text);
      }
      return;
    }
    const match = FENCE.exec(text);
    if (match === null) return;
    const [, indent, fence, language, info] = match;
    open = { indent, fence, language, info: info.trim(), line: index + 1, lines: [] };
  });
  return blocks;
}

/** Fails unless a program printed what its documentation says. */
export function compareOutput(expected, actual) {
  const pattern = expected
    .trim()
    .split('…')
    .map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^\\n]*');
  if (new RegExp(`^${pattern}$`).test(actual.trim())) return;
  throw new Error(`printed\n${actual.trim()}\nbut the page says\n${expected.trim()}`);
}
