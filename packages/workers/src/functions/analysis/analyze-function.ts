import { UnshippableFunctionError } from '../../errors/unshippable-function-error.js';
import { OWN_IMPORT } from '../own-import.js';
import { expressionText } from './expression-text.js';
import { helperShim } from './helper-shims.js';
import { walkScopes } from './scope-walk.js';
import { isWorkerGlobal } from './worker-globals.js';

/** What the text of a function tells about it. */
export interface FunctionAnalysis {
  /** As an expression that can stand alone. */
  readonly text: string;
  /** How many characters come before what the function's own text was. */
  readonly shift: number;
  /** Names that it takes from around itself and that workers don't have, in the order of their use. */
  readonly captured: readonly string[];
  /** Helpers of compilers that it calls, and what stands for them in a worker. */
  readonly shims: Readonly<Record<string, string>>;
  /** Whether it matters which file it comes from: it loads modules, or asks for its own path. */
  readonly needsHome: boolean;
}

/** What a shipped function is given under the names that every CommonJS file has. */
const HOME_NAMES = new Set(['require', '__filename', '__dirname']);

const analyses = new WeakMap<object, FunctionAnalysis>();

/**
 * Reads a function's text, once per function.
 *
 * @throws {@link UnshippableFunctionError} when its text can't work anywhere else
 */
export function analyzeFunction(fn: (...args: never[]) => unknown): FunctionAnalysis {
  let analysis = analyses.get(fn);
  if (analysis === undefined) {
    analysis = analyze(fn);
    analyses.set(fn, analysis);
  }
  return analysis;
}

function analyze(fn: (...args: never[]) => unknown): FunctionAnalysis {
  const source = Function.prototype.toString.call(fn);
  refuseNative(fn.name, source);
  const expression = expressionText(source);
  if (expression === undefined) {
    throw new UnshippableFunctionError(fn.name, 'its text can not be read by itself');
  }
  if (expression.tree.type.startsWith('Class')) {
    throw new UnshippableFunctionError(fn.name, 'it is a class, which can not be called');
  }
  const { references, foreignWords, imports } = walkScopes(expression.tree);
  for (const word of foreignWords) {
    if (word === 'super' || word.startsWith('#')) {
      throw new UnshippableFunctionError(fn.name, `it is a method that uses ${word}`);
    }
  }
  const free = references.filter(({ declaration }) => declaration === undefined);
  const unguarded = new Set(free.filter(({ guarded }) => !guarded).map(({ name }) => name));
  const names = [...unguarded].filter((name) => !isWorkerGlobal(name) && !HOME_NAMES.has(name));
  const shims = Object.fromEntries(
    names.flatMap((name) => {
      const shim = helperShim(name);
      return shim === undefined ? [] : [[name, shim]];
    }),
  );
  return {
    text: withOwnImport(expression.text, imports),
    shift: expression.shift,
    captured: [...foreignWords, ...names.filter((name) => !Object.hasOwn(shims, name))],
    shims,
    needsHome: imports.length > 0 || [...unguarded].some((name) => HOME_NAMES.has(name)),
  };
}

/** `import()` of a text without a file would load from nowhere: it calls a function of ours instead. */
function withOwnImport(text: string, places: readonly number[]): string {
  return [...places]
    .sort((one, other) => other - one)
    .reduce((done, at) => done.slice(0, at) + OWN_IMPORT + done.slice(at + 'import'.length), text);
}

/** Functions of the engine, bound ones and proxies have no text. */
function refuseNative(name: string, source: string): void {
  if (!/\{\s*\[native code\]\s*\}\s*$/.test(source)) return;
  if (!name.startsWith('bound ')) {
    throw new UnshippableFunctionError(name, 'it is native: Node does not tell its text');
  }
  throw new UnshippableFunctionError(name.slice('bound '.length), 'it was made by bind()');
}
