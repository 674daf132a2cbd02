import { parse as acornParse, parseExpressionAt, type Options } from 'acorn';
import type { SyntaxNode } from './syntax-node.js';

const OPTIONS: Options = {
  ecmaVersion: 'latest',
  allowReturnOutsideFunction: true,
  // `import.meta` and names like `#price` get errors of ours, which say more.
  allowImportExportEverywhere: true,
  checkPrivateFields: false,
  allowSuperOutsideMethod: true,
  allowHashBang: true,
};

/** The tree of one expression that is the whole text, or undefined where it is none. */
export function parseExpression(text: string): SyntaxNode | undefined {
  return attempt(() => {
    const node = parseExpressionAt(text, 0, OPTIONS);
    return text.slice(node.end).trim() === '' ? node : undefined;
  });
}

/** The tree of a whole file, in whichever module format it is, or undefined where it can not be read. */
export function parseFile(text: string): SyntaxNode | undefined {
  return (
    attempt(() => acornParse(text, { ...OPTIONS, sourceType: 'module' })) ??
    attempt(() => acornParse(text, OPTIONS))
  );
}

function attempt(parse: () => unknown): SyntaxNode | undefined {
  try {
    return parse() as SyntaxNode | undefined;
  } catch {
    return undefined;
  }
}
