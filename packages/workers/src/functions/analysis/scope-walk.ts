import { Scope, type Declaration, type DeclarationKind } from './scope.js';
import { childrenOf, listOf, nameOf, partOf, type SyntaxNode } from './syntax-node.js';
import { patternNames } from './pattern-names.js';

/** One use of a variable. */
interface Reference {
  readonly name: string;
  readonly start: number;
  /** Only asked for by `typeof`, which may name what is not there. */
  readonly guarded: boolean;
  readonly declaration: Declaration | undefined;
}

/** What the walk through a text found. */
export interface Findings {
  readonly references: readonly Reference[];
  /** Words that mean something only where the text came from: `this`, `super`, `#private`, `import.meta`. */
  readonly foreignWords: ReadonlySet<string>;
  /** Where the word `import` of each `import()` begins. */
  readonly imports: readonly number[];
}

interface Use {
  readonly name: string;
  readonly start: number;
  readonly guarded: boolean;
  readonly scope: Scope;
}

type Visit = (node: SyntaxNode, scope: Scope) => void;

/** Labels, and names of other modules' exports, are no variables. */
const NAMES_NOTHING: Visit = () => undefined;

/** Reads which variables a text uses, and which of them it declares itself. */
export function walkScopes(program: SyntaxNode): Findings {
  const walk = new ScopeWalk();
  walk.visit(program, new Scope('program'));
  return walk.findings();
}

class ScopeWalk {
  readonly #uses: Use[] = [];
  readonly #foreignWords = new Set<string>();
  readonly #imports: number[] = [];
  /** How many objects and classes of the text's own are around: `super` and `#private` may mean something there. */
  #homes = 0;

  findings(): Findings {
    // Only now are all declarations known: a function may be used above its text.
    const references = this.#uses.map(({ scope, ...use }) => ({
      ...use,
      declaration: scope.find(use.name),
    }));
    return {
      references,
      foreignWords: this.#foreignWords,
      imports: this.#imports,
    };
  }

  visit(node: SyntaxNode, scope: Scope): void {
    const visit = this.#visitors[node.type] ?? this.#visitAll;
    visit(node, scope);
  }

  readonly #visitAll: Visit = (node, scope) => {
    for (const child of childrenOf(node)) this.visit(child, scope);
  };

  readonly #visitBlock: Visit = (node, scope) => {
    this.#visitAll(node, new Scope('block', scope));
  };

  readonly #visitFunction: Visit = (node, scope) => {
    const arrow = node.type === 'ArrowFunctionExpression';
    // What the outermost function is called on stays behind, as what is around an arrow function does.
    const inner = new Scope(arrow || scope.kind === 'program' ? 'arrow' : 'function', scope);
    const own = partOf(node, 'id');
    if (own !== undefined) inner.declare(nameOf(own), { kind: 'function', start: own.start });
    if (!arrow) inner.declare('arguments', { kind: 'parameter', start: node.start });
    for (const parameter of listOf(node, 'params')) this.#declare(parameter, inner, 'parameter');
    const body = partOf(node, 'body');
    if (body?.type === 'BlockStatement') this.#visitAll(body, inner);
    else if (body !== undefined) this.visit(body, inner);
  };

  readonly #visitClass: Visit = (node, scope) => {
    const inner = new Scope('block', scope);
    const own = partOf(node, 'id');
    if (own !== undefined) inner.declare(nameOf(own), { kind: 'class', start: own.start });
    this.#visitPart(node, 'superClass', inner);
    this.#homes += 1;
    this.#visitPart(node, 'body', inner);
    this.#homes -= 1;
  };

  readonly #visitMember: Visit = (node, scope) => {
    if (node['computed'] === true) this.#visitPart(node, 'key', scope);
    else if (partOf(node, 'key')?.type === 'PrivateIdentifier') this.#visitPart(node, 'key', scope);
    // The start value of a field sees the object as `this`.
    const inner = node.type === 'PropertyDefinition' ? new Scope('function', scope) : scope;
    const isMethod = node['method'] === true || node['kind'] === 'get' || node['kind'] === 'set';
    this.#homes += isMethod ? 1 : 0;
    this.#visitPart(node, 'value', inner);
    this.#homes -= isMethod ? 1 : 0;
  };

  #visitPart(node: SyntaxNode, name: string, scope: Scope): void {
    const part = partOf(node, name);
    if (part !== undefined) this.visit(part, scope);
  }

  /** Declares what a pattern names, and visits the expressions within it. */
  #declare(pattern: SyntaxNode, scope: Scope, kind: DeclarationKind): void {
    const target = kind === 'var' ? scope.home : scope;
    const { names, expressions } = patternNames(pattern);
    for (const { name, start } of names) target.declare(name, { kind, start });
    for (const expression of expressions) this.visit(expression, scope);
  }

  #use(node: SyntaxNode, scope: Scope, guarded: boolean): void {
    this.#uses.push({ name: nameOf(node), start: node.start, guarded, scope });
  }

  readonly #visitors: Readonly<Record<string, Visit | undefined>> = {
    Identifier: (node, scope) => {
      this.#use(node, scope, false);
    },
    UnaryExpression: (node, scope) => {
      const argument = partOf(node, 'argument');
      if (node['operator'] === 'typeof' && argument?.type === 'Identifier') {
        this.#use(argument, scope, true);
      } else this.#visitAll(node, scope);
    },
    ThisExpression: (_, scope) => {
      if (!scope.bindsThis) this.#foreignWords.add('this');
    },
    Super: () => {
      if (this.#homes === 0) this.#foreignWords.add('super');
    },
    PrivateIdentifier: (node) => {
      if (this.#homes === 0) this.#foreignWords.add(`#${nameOf(node)}`);
    },
    MetaProperty: (node, scope) => {
      if (partOf(node, 'meta')?.['name'] === 'import') this.#foreignWords.add('import.meta');
      else if (!scope.bindsThis) this.#foreignWords.add('new.target');
    },
    ImportExpression: (node, scope) => {
      this.#imports.push(node.start);
      this.#visitAll(node, scope);
    },
    MemberExpression: (node, scope) => {
      this.#visitPart(node, 'object', scope);
      const property = partOf(node, 'property');
      if (node['computed'] === true || property?.type === 'PrivateIdentifier') {
        this.#visitPart(node, 'property', scope);
      }
    },
    Property: this.#visitMember,
    MethodDefinition: this.#visitMember,
    PropertyDefinition: this.#visitMember,
    StaticBlock: (node, scope) => {
      this.#visitAll(node, new Scope('function', scope));
    },
    FunctionDeclaration: (node, scope) => {
      const own = partOf(node, 'id');
      // Outside of strict mode it is seen in the whole function, too.
      for (const target of own === undefined ? [] : [scope, scope.home]) {
        this.#declare(own ?? node, target, 'function');
      }
      this.#visitFunction(node, scope);
    },
    FunctionExpression: this.#visitFunction,
    ArrowFunctionExpression: this.#visitFunction,
    ClassDeclaration: (node, scope) => {
      const own = partOf(node, 'id');
      if (own !== undefined) this.#declare(own, scope, 'class');
      this.#visitClass(node, scope);
    },
    ClassExpression: this.#visitClass,
    VariableDeclaration: (node, scope) => {
      const kind = declarationKind(node['kind']);
      for (const declarator of listOf(node, 'declarations')) {
        const pattern = partOf(declarator, 'id');
        if (pattern !== undefined) this.#declare(pattern, scope, kind);
        this.#visitPart(declarator, 'init', scope);
      }
    },
    CatchClause: (node, scope) => {
      const inner = new Scope('block', scope);
      const parameter = partOf(node, 'param');
      if (parameter !== undefined) this.#declare(parameter, inner, 'let');
      this.#visitPart(node, 'body', inner);
    },
    BlockStatement: this.#visitBlock,
    ForStatement: this.#visitBlock,
    ForInStatement: this.#visitBlock,
    ForOfStatement: this.#visitBlock,
    SwitchStatement: this.#visitBlock,
    LabeledStatement: (node, scope) => {
      this.#visitPart(node, 'body', scope);
    },
    BreakStatement: NAMES_NOTHING,
    ContinueStatement: NAMES_NOTHING,
    ImportDeclaration: (node, scope) => {
      for (const specifier of listOf(node, 'specifiers')) {
        const local = partOf(specifier, 'local');
        if (local !== undefined) this.#declare(local, scope, 'import');
      }
    },
    ExportAllDeclaration: NAMES_NOTHING,
    ExportNamedDeclaration: (node, scope) => {
      this.#visitPart(node, 'declaration', scope);
    },
  };
}

function declarationKind(kind: unknown): DeclarationKind {
  if (kind === 'const' || kind === 'let' || kind === 'var') return kind;
  return 'using';
}
