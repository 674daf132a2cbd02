import { InvalidArgumentError, type ProcError } from '@proc/core';
import { showValue } from '@proc/core/internal';
import { UnshippableFunctionError } from '../errors/unshippable-function-error.js';
import { analyzeFunction, type FunctionAnalysis } from './analysis/analyze-function.js';
import { loadingOf, nodeModuleOf } from './analysis/node-module.js';
import { captureError } from './capture-error.js';
import { homeOf } from './function-home.js';
import { givenValues, type GivenValues, splitValues } from './given-values.js';
import { isModuleTask, type ModuleTask } from './module-task.js';
import { snapshotOf } from './snapshot.js';
import { isVariableName, requireVariableNames, sourceText } from './source-text.js';
import type { FunctionHome, SourceReference, TaskReference } from './task-reference.js';

type Callable = (...args: never[]) => unknown;

/** What becomes of variables that a function takes from around itself. */
export type Capture = 'error' | 'snapshot' | 'off';

/** How a function is made ready to travel. */
export interface ShippingOptions {
  /**
   * What the function needs from around itself: it finds these under their names, and in `ctx.with`. Data is copied,
   * functions travel as their text. It crosses once for each worker, and is read once for each object given.
   */
  readonly with?: Readonly<Record<string, unknown>>;
  /**
   * What happens when it needs more: an error before anything is sent (`error`, the default), a copy of what the
   * variables hold now (`snapshot`), or nothing until it fails in the worker (`off`).
   */
  readonly capture?: Capture;
}

const CAPTURES: readonly unknown[] = ['error', 'snapshot', 'off', undefined];
const NOTHING: GivenValues = { data: { values: {} }, functions: {} };

const ready = new WeakMap<object, SourceReference>();
const homes = new WeakMap<object, { readonly home: FunctionHome | undefined }>();

/**
 * Makes a function, or a task that names one, what crosses to a worker. Functions are checked, once each.
 *
 * @throws {@link ClosureCaptureError} when the function uses variables that do not travel
 * @throws {@link UnshippableFunctionError} when it is native, bound, a class, or a method with `super` or private names
 * @throws {@link UncloneableValueError} when a value in `with` can not be copied
 * @throws {@link TaskLoadError} when a task names a file that is not there
 * @throws {@link InvalidArgumentError} for anything else
 */
export function toTaskReference(
  work: Callable | ModuleTask,
  options: ShippingOptions = {},
): TaskReference {
  if (isModuleTask(work)) return moduleReference(work, options);
  if (typeof work !== 'function') {
    throw new InvalidArgumentError(
      `What a worker is to run is given as a function or by task(), but this was given: ${showValue(work)}.` +
        (typeof work === 'string' ? ' A whole program is started by node(file).' : ''),
    );
  }
  const { with: given, capture = 'error' } = options;
  if (!CAPTURES.includes(capture)) {
    throw new InvalidArgumentError(
      `capture is 'error', 'snapshot' or 'off', but this was given: ${showValue(capture)}.`,
    );
  }
  const known = given === undefined && capture === 'error' ? ready.get(work) : undefined;
  if (known !== undefined) return known;
  const reference = sourceReference(work, given, capture);
  if (given === undefined && capture === 'error') ready.set(work, reference);
  return reference;
}

function moduleReference(work: ModuleTask, { with: given }: ShippingOptions): TaskReference {
  if (given !== undefined) {
    throw new InvalidArgumentError(
      `A task of a module takes no \`with\`: give what it needs as an argument.`,
    );
  }
  return work.reference();
}

function sourceReference(
  work: Callable,
  given: Readonly<Record<string, unknown>> | undefined,
  capture: Capture,
): SourceReference {
  const analysis = analyzeFunction(work);
  let values = given === undefined ? NOTHING : givenValues(given);
  const missing = missingNames(analysis, values);
  if (missing.length > 0 && capture === 'error') throw refusalOf(work, missing);
  if (missing.length > 0 && capture === 'snapshot') {
    const taken = splitValues(snapshotOf(work, missing));
    values = {
      data: { values: { ...taken.data.values, ...values.data.values } },
      functions: { ...taken.functions, ...values.functions },
    };
  }
  checkFunctions(values, capture);
  const names = Object.keys(values.data.values).filter(isVariableName);
  const source = sourceText(
    work.name,
    analysis,
    names,
    values.functions,
    knownHome(work, analysis),
  );
  const hasValues = Object.keys(values.data.values).length > 0;
  return { kind: 'source', name: work.name, source, ...(hasValues && { with: values.data }) };
}

function missingNames(analysis: FunctionAnalysis, { data, functions }: GivenValues): string[] {
  return analysis.captured.filter(
    (name) => !Object.hasOwn(data.values, name) && !Object.hasOwn(functions, name),
  );
}

/** A function in `with` may use what else is in there, and nothing more. */
function checkFunctions(values: GivenValues, capture: Capture): void {
  requireVariableNames(Object.keys(values.functions));
  for (const fn of Object.values(values.functions)) {
    const missing = missingNames(analyzeFunction(fn), values);
    if (missing.length > 0 && capture !== 'off') throw refusalOf(fn, missing);
  }
}

/** What a function of Node needs is inside of Node, where nobody could take it from. */
function refusalOf(fn: Callable, missing: readonly string[]): ProcError {
  const module = nodeModuleOf(fn);
  if (module === undefined) return captureError(fn, missing);
  return new UnshippableFunctionError(
    fn.name,
    `it belongs to Node (${module})`,
    `Load it in the task: ${loadingOf(module)}.`,
  );
}

function knownHome(work: Callable, analysis: FunctionAnalysis): FunctionHome | undefined {
  let known = homes.get(work);
  if (known === undefined) {
    known = { home: homeOf(work, analysis) };
    homes.set(work, known);
  }
  return known.home;
}
