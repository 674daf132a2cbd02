/** A node of a syntax tree, as far as all of them are alike. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [part: string]: unknown;
}

/** Whether a part of a node is a node itself. */
function isNode(part: unknown): part is SyntaxNode {
  return typeof part === 'object' && part !== null && typeof Reflect.get(part, 'type') === 'string';
}

/** The nodes directly below, in no order that matters. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  return Object.values(node).flatMap((part) =>
    Array.isArray(part) ? part.filter(isNode) : isNode(part) ? [part] : [],
  );
}

/** One part of a node that is a node, if it is there. */
export function partOf(node: SyntaxNode, name: string): SyntaxNode | undefined {
  const part = node[name];
  return isNode(part) ? part : undefined;
}

/** One part of a node that is a list of nodes; holes are left out. */
export function listOf(node: SyntaxNode, name: string): readonly SyntaxNode[] {
  const part = node[name];
  return Array.isArray(part) ? part.filter(isNode) : [];
}

/** The name that an identifier has. */
export function nameOf(node: SyntaxNode): string {
  return String(node['name']);
}
