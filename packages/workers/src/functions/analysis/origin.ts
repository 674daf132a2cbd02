import { walkScopes } from '../analysis/scope-walk.js';
import { parseFile } from '../analysis/parse.js';
import type { DeclarationKind } from '../analysis/scope.js';
import { type FunctionPosition, positionOf } from './captured-values.js';
import { type LoadedScript, withInspector } from './inspector-channel.js';
import { originalPlace, type Place, scriptFile } from './script-place.js';

/** Where a function and the variables around it come from. */
export interface Origin {
  readonly file: string;
  readonly place: Place;
  readonly declarations: ReadonlyMap<
    string,
    { readonly kind: DeclarationKind; readonly place: Place }
  >;
}

/**
 * Looks for the script of a function. Slow (tens of milliseconds): only for an error, or where the home matters.
 *
 * @returns undefined where the inspector does not tell, and for code of no file
 */
export function originOf(fn: (...args: never[]) => unknown): Origin | undefined {
  return withInspector((channel) => {
    const position = positionOf(channel, fn);
    if (position === undefined) return undefined;
    const script = channel.scripts().find(({ scriptId }) => scriptId === position.scriptId);
    if (script === undefined || script.url === '' || script.url.startsWith('evalmachine.')) {
      return undefined;
    }
    const source = channel.sourceOf(script.scriptId);
    const place = originalPlace(script, position.line, position.column);
    const text = Function.prototype.toString.call(fn);
    return {
      file: scriptFile(script.url),
      place,
      declarations: declarationsAround(script, source, offsetOf(source, position), text.length),
    };
  });
}

type Declarations = Map<string, { readonly kind: DeclarationKind; readonly place: Place }>;

function declarationsAround(
  script: LoadedScript,
  source: string,
  begin: number,
  length: number,
): Declarations {
  const found: Declarations = new Map();
  const tree = parseFile(source);
  if (tree === undefined) return found;
  // The engine counts from the parameters on, so that some of the text lies before the begin.
  const from = begin - length;
  const to = begin + length;
  for (const { name, start, declaration } of walkScopes(tree).references) {
    if (declaration === undefined || start < from || start >= to || found.has(name)) continue;
    const { line, column } = positionAt(source, declaration.start);
    const kind = isRequired(source, declaration.start) ? 'import' : declaration.kind;
    found.set(name, { kind, place: originalPlace(script, line, column) });
  }
  return found;
}

/** Whether what is declared here is what `require` gave, whole or taken apart. */
function isRequired(source: string, begin: number): boolean {
  return /^[\w$\s,:]*\}?\s*=\s*(?:[\w.]+\()?require\(/.test(source.slice(begin, begin + 500));
}

function offsetOf(
  source: string,
  { line, column }: Pick<FunctionPosition, 'line' | 'column'>,
): number {
  let offset = 0;
  for (let passed = 0; passed < line; passed += 1) {
    const end = source.indexOf('\n', offset);
    if (end === -1) break;
    offset = end + 1;
  }
  return offset + column;
}

function positionAt(
  source: string,
  offset: number,
): { readonly line: number; readonly column: number } {
  const before = source.slice(0, offset);
  return {
    line: before.split('\n').length - 1,
    column: offset - (before.lastIndexOf('\n') + 1),
  };
}
