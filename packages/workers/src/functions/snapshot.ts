import { capturedValues } from './analysis/captured-values.js';
import { originOf } from './analysis/origin.js';
import { captureError } from './capture-error.js';

type Callable = (...args: never[]) => unknown;

const warned = new WeakSet();

/**
 * The values that variables around a function have now. Warns, once for each function, of those that may change.
 *
 * @throws {@link ClosureCaptureError} naming those whose values can not be had
 */
export function snapshotOf(fn: Callable, names: readonly string[]): Record<string, unknown> {
  const values = capturedValues(fn, names);
  const missing = names.filter((name) => !values.has(name));
  if (missing.length > 0) throw captureError(fn, missing);
  warnOfChange(fn, names);
  return Object.fromEntries([...values].map(([name, { value }]) => [name, value]));
}

function warnOfChange(fn: Callable, names: readonly string[]): void {
  if (warned.has(fn)) return;
  warned.add(fn);
  const declarations = originOf(fn)?.declarations;
  const changing = names.filter((name) =>
    ['let', 'var'].includes(declarations?.get(name)?.kind ?? ''),
  );
  if (changing.length === 0) return;
  process.emitWarning(
    `The function "${fn.name}" takes a copy of ${changing.join(', ')} to its worker: later changes are not seen there.`,
    { code: 'PROC_SNAPSHOT_OF_VARIABLE' },
  );
}
