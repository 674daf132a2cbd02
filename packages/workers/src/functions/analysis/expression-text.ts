import { parseExpression } from './parse.js';
import { listOf, partOf, type SyntaxNode } from './syntax-node.js';

/** A function as an expression that can stand alone, with its tree. */
export interface ExpressionText {
  readonly text: string;
  readonly tree: SyntaxNode;
  /** How many characters come before what the function's own text was. */
  readonly shift: number;
}

/** What `toString()` gave, made an expression: methods, getters and setters are no expressions by themselves. */
export function expressionText(source: string): ExpressionText | undefined {
  return asIs(source) ?? asMethod(source);
}

function asIs(source: string): ExpressionText | undefined {
  const tree = parseExpression(source);
  const isFunction = tree !== undefined && /Function|Class/.test(tree.type);
  return isFunction ? { text: source, tree, shift: 0 } : undefined;
}

/** `async total(a) {…}` becomes `async function(a) {…}`, whatever its key was. */
function asMethod(source: string): ExpressionText | undefined {
  // A private name is allowed in a class only.
  return fromMember(source, '{', '}') ?? fromMember(source, 'class {', '}');
}

function fromMember(source: string, before: string, after: string): ExpressionText | undefined {
  const tree = parseExpression(`${before}${source}\n${after}`);
  const value = tree && memberValue(tree);
  if (value === undefined) return undefined;
  const begin = value['async'] === true ? 'async function' : 'function';
  const head = value['generator'] === true ? `${begin}*` : begin;
  const offset = value.start - before.length;
  const text = `${head}${source.slice(offset)}`;
  const whole = parseExpression(text);
  return whole && { text, tree: whole, shift: head.length - offset };
}

function memberValue(tree: SyntaxNode): SyntaxNode | undefined {
  const members =
    tree.type === 'ObjectExpression'
      ? listOf(tree, 'properties')
      : listOf(partOf(tree, 'body') ?? tree, 'body');
  const [member, more] = members;
  const value = member && partOf(member, 'value');
  return more === undefined && value?.type === 'FunctionExpression' ? value : undefined;
}
