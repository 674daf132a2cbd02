import { readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * The titles of the tests of a file that run, as its source writes them: of a template, the text between its backticks.
 * Skipped tests and those of skipped groups are left out; one that is skipped on some platforms only is not.
 */
export function testTitles(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const titles = new Set();
  const aliases = new Map([
    ['it', true],
    ['test', true],
    ['fit', true],
  ]);

  const visit = (node) => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
      if (runsTests(node.initializer, aliases)) aliases.set(node.name.text, true);
    }
    if (ts.isCallExpression(node)) {
      if (isSkippedGroup(node.expression)) return;
      const [title, body] = node.arguments;
      if (title && body && runsTests(node.expression, aliases)) {
        const text = literalText(title, source);
        if (text !== undefined) titles.add(text);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return titles;
}

/** Whether a call of this makes a test that runs: `it`, `it.each(table)`, `(onPosix ? it : it.skip)`. */
function runsTests(callee, aliases) {
  if (ts.isIdentifier(callee)) return aliases.has(callee.text);
  if (ts.isParenthesizedExpression(callee)) return runsTests(callee.expression, aliases);
  if (ts.isConditionalExpression(callee)) {
    return runsTests(callee.whenTrue, aliases) || runsTests(callee.whenFalse, aliases);
  }
  if (ts.isPropertyAccessExpression(callee)) {
    return !['skip', 'todo', 'failing'].includes(callee.name.text)
      ? runsTests(callee.expression, aliases)
      : false;
  }
  // The table of `each` stands between the name and the title.
  if (ts.isCallExpression(callee)) return isEach(callee.expression, aliases);
  if (ts.isTaggedTemplateExpression(callee)) return isEach(callee.tag, aliases);
  return false;
}

function isEach(callee, aliases) {
  return (
    ts.isPropertyAccessExpression(callee) &&
    callee.name.text === 'each' &&
    runsTests(callee.expression, aliases)
  );
}

function isSkippedGroup(callee) {
  if (ts.isIdentifier(callee)) return callee.text === 'xdescribe';
  if (ts.isCallExpression(callee)) return isSkippedGroup(callee.expression);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  return callee.name.text === 'skip'
    ? ts.isIdentifier(callee.expression) && callee.expression.text === 'describe'
    : isSkippedGroup(callee.expression);
}

function literalText(node, source) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.getText(source).slice(1, -1);
  return undefined;
}
