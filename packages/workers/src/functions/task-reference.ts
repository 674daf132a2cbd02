import { InvalidArgumentError, showValue } from '@proc/core/essentials';

/** What runs in the worker, as plain data: this is what crosses, never a function. */
export type TaskReference = FunctionReference | ChunkReference;

/** One function. */
export type FunctionReference = ModuleReference | SourceReference;

/** A function that is called for each item of a chunk, in one trip. */
export interface ChunkReference {
  readonly kind: 'chunk';
  /** For messages: that of the function. */
  readonly name: string;
  readonly of: FunctionReference;
}

/** An export of a module, which the worker loads itself. */
export interface ModuleReference {
  readonly kind: 'module';
  /** For messages: the export's name, or the file's. */
  readonly name: string;
  /** A `file:` URL. */
  readonly url: string;
  readonly exportName: string;
  /** What has to be registered before TypeScript can be loaded. */
  readonly loader?: TypeScriptLoader;
}

/** The text of a function, and the values that it was given. */
export interface SourceReference {
  readonly kind: 'source';
  /** For messages: the function's name, or an empty text. */
  readonly name: string;
  readonly source: SourceText;
  readonly with?: WithData;
}

/** A function's text with what it needs to be rebuilt. One object for each text, however many functions have it. */
export interface SourceText {
  readonly kind: 'source';
  readonly name: string;
  readonly expression: string;
  /** Names under which it finds the values of `with` as variables. */
  readonly names: readonly string[];
  /** Functions of `with`, by name. */
  readonly functions: Readonly<Record<string, string>>;
  /** What stands for helpers of compilers, by name. */
  readonly shims: Readonly<Record<string, string>>;
  readonly home?: FunctionHome;
}

/** Where a function was written, so that stack traces and `import()` work as they do there. */
export interface FunctionHome {
  readonly file: string;
  /** Where its text begins; from 0. */
  readonly line: number;
  readonly column: number;
}

/** The values of `with`: one object for each object that was given, so that it crosses once per worker. */
export interface WithData {
  readonly values: Readonly<Record<string, unknown>>;
}

/** @throws {@link InvalidArgumentError} for what names nothing that could be run */
export function requireReference(reference: unknown): void {
  const { kind } = (reference ?? {}) as { readonly kind?: unknown };
  if (kind === 'module' || kind === 'source' || kind === 'chunk') return;
  throw new InvalidArgumentError(
    `What a worker is to run is given as a reference; got ${showValue(reference)}.`,
  );
}

/** The values of `with` that a function was given, if it was. */
export function givenTo(whole: TaskReference): WithData['values'] | undefined {
  const reference = whole.kind === 'chunk' ? whole.of : whole;
  return reference.kind === 'source' ? reference.with?.values : undefined;
}

/** A program that teaches Node to load TypeScript, as the parent has it. */
export interface TypeScriptLoader {
  readonly name: 'tsx' | 'ts-node' | 'swc';
  /** Absolute path from which the loader's own files are found. */
  readonly from: string;
}
