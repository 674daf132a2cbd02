import { dirname } from 'node:path';
import { types } from 'node:util';
import { compileFunction } from 'node:vm';
import { closureCaptureError, taskLoadError } from '../errors/late-errors.js';
import { placeText } from './analysis/script-place.js';
import { OWN_IMPORT } from './own-import.js';
import type { LoadedTask } from './loaded-task.js';
import type { SourceText } from './task-reference.js';

type Callable = (...args: unknown[]) => unknown;

/** What a text became. */
export interface CompiledSource {
  readonly fn: Callable;
  /** The functions that were given as `with`. */
  readonly functions: Readonly<Record<string, unknown>>;
}

const VALUES = '__proc_with';
const PARAMETERS = [VALUES, OWN_IMPORT, 'require', '__filename', '__dirname'];

/**
 * Rebuilds a function. Its lines and `import()` are those of the file that it was written in.
 *
 * @throws {@link TaskLoadError} when the engine refuses the text, as it does where code from texts is forbidden
 */
export function compileSource(
  source: SourceText,
  values: Readonly<Record<string, unknown>>,
  loaders: Pick<LoadedTask, 'require' | 'import'>,
): CompiledSource {
  const { file } = source.home ?? {};
  const folder = file === undefined ? undefined : dirname(file);
  const made = build(source)(values, loaders.import, loaders.require, file, folder);
  const { fn, functions } = made as { fn: Callable; functions: Record<string, unknown> };
  return { fn: explaining(source, fn), functions };
}

function build(source: SourceText): Callable {
  const { line = 0, column = 0, file } = source.home ?? {};
  const before = prelude(source);
  const begin = `${before}return { functions: { ${Object.keys(source.functions).join(', ')} }, fn: `;
  // What stands before the function must not move its lines.
  const extraLines = begin.split('\n').length - 1;
  try {
    return compileFunction(`${begin}${source.expression}\n};`, PARAMETERS, {
      filename: file ?? `${source.name === '' ? 'function' : source.name}-in-a-worker`,
      lineOffset: line - extraLines,
      columnOffset: extraLines === 0 ? column - begin.length : 0,
    }) as Callable;
  } catch (cause) {
    throw taskLoadError(
      `The text of the function "${source.name}" could not be compiled in the worker: ${String(cause)}`,
      undefined,
      source.name,
      { cause },
    );
  }
}

function prelude({ names, functions, shims }: SourceText): string {
  // Constants: to change one would change a copy, which nobody would see.
  const values = names.length === 0 ? '' : `const { ${names.join(', ')} } = ${VALUES}; `;
  const helpers = Object.entries({ ...shims, ...functions }).map(
    ([name, text]) => `const ${name} = ${text}; `,
  );
  return `'use strict'; ${values}${helpers.join('')}`;
}

/** The second net, for a variable that the check did not see or was told not to look for. */
function explaining(source: SourceText, fn: Callable): Callable {
  const explain = (error: unknown): unknown => {
    const [, name] = /^(\S+) is not defined$/.exec(messageOfReferenceError(error)) ?? [];
    if (name === undefined || !source.expression.includes(name)) return error;
    const { home } = source;
    const place = home && placeText({ file: home.file, line: home.line + 1 });
    const variable = { name, kind: undefined, type: undefined, place: undefined };
    return closureCaptureError(source.name, place, [variable], { cause: error });
  };
  return (...args) => {
    let result: unknown;
    try {
      result = fn(...args);
    } catch (error) {
      throw explain(error);
    }
    if (!types.isPromise(result)) return result;
    return result.catch((error: unknown) => {
      throw explain(error);
    });
  };
}

function messageOfReferenceError(error: unknown): string {
  // It may be one of another realm.
  return types.isNativeError(error) && error.name === 'ReferenceError' ? error.message : '';
}
