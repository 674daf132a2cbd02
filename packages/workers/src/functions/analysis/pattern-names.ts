import { listOf, nameOf, partOf, type SyntaxNode } from './syntax-node.js';

/** What the left side of a declaration consists of. */
export interface PatternNames {
  readonly names: readonly { readonly name: string; readonly start: number }[];
  /** Default values and computed keys: they use variables instead of declaring them. */
  readonly expressions: readonly SyntaxNode[];
}

const NOTHING: PatternNames = { names: [], expressions: [] };

/** Takes apart `a`, `{ a, b: [c = 1, ...d] }` and the like. */
export function patternNames(pattern: SyntaxNode): PatternNames {
  switch (pattern.type) {
    case 'Identifier':
      return { names: [{ name: nameOf(pattern), start: pattern.start }], expressions: [] };
    case 'ObjectPattern':
      return together(listOf(pattern, 'properties').map(patternNames));
    case 'ArrayPattern':
      return together(listOf(pattern, 'elements').map(patternNames));
    case 'Property':
      return together([computedKey(pattern), below(pattern, 'value')]);
    case 'RestElement':
      return below(pattern, 'argument');
    case 'AssignmentPattern':
      return together([
        below(pattern, 'left'),
        { names: [], expressions: parts(pattern, 'right') },
      ]);
    default:
      return { names: [], expressions: [pattern] };
  }
}

function computedKey(property: SyntaxNode): PatternNames {
  if (property['computed'] !== true) return NOTHING;
  return { names: [], expressions: parts(property, 'key') };
}

function below(node: SyntaxNode, name: string): PatternNames {
  return together(parts(node, name).map(patternNames));
}

function parts(node: SyntaxNode, name: string): readonly SyntaxNode[] {
  const part = partOf(node, name);
  return part === undefined ? [] : [part];
}

function together(all: readonly PatternNames[]): PatternNames {
  return {
    names: all.flatMap(({ names }) => names),
    expressions: all.flatMap(({ expressions }) => expressions),
  };
}
