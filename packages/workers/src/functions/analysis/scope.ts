/** How a variable came to be. */
export type DeclarationKind =
  'import' | 'const' | 'let' | 'var' | 'function' | 'class' | 'parameter' | 'using';

/** Where a variable was declared, as an offset into the text. */
export interface Declaration {
  readonly kind: DeclarationKind;
  readonly start: number;
}

/** What a scope belongs to: a `var`, and `this`, look for the nearest function. */
export type ScopeKind = 'block' | 'arrow' | 'function' | 'program';

/** The variables of one block or function, and what is around it. */
export class Scope {
  readonly #names = new Map<string, Declaration>();

  constructor(
    readonly kind: ScopeKind,
    readonly outer?: Scope,
  ) {}

  declare(name: string, declaration: Declaration): void {
    if (!this.#names.has(name)) this.#names.set(name, declaration);
  }

  /** The scope that a `var` here belongs to. */
  get home(): Scope {
    return this.kind === 'block' ? (this.outer?.home ?? this) : this;
  }

  /** Whether `this` and `arguments` mean something here that is not taken from around the text. */
  get bindsThis(): boolean {
    return this.kind === 'function' || (this.outer?.bindsThis ?? false);
  }

  find(name: string): Declaration | undefined {
    return this.#names.get(name) ?? this.outer?.find(name);
  }
}
