import { ClosureCaptureError } from '../errors/closure-capture-error.js';
import { capturedValues } from './analysis/captured-values.js';
import { originOf } from './analysis/origin.js';
import { placeText } from './analysis/script-place.js';

/** Tells all that can be found out about the variables that a function uses. */
export function captureError(
  fn: (...args: never[]) => unknown,
  names: readonly string[],
): ClosureCaptureError {
  const values = capturedValues(fn, names);
  const origin = originOf(fn);
  const variables = names.map((name) => {
    const declaration = origin?.declarations.get(name);
    return {
      name,
      kind: declaration?.kind ?? (name in globalThis ? 'global of this process' : undefined),
      type: values.get(name)?.type,
      place: declaration && placeText(declaration.place),
    };
  });
  return new ClosureCaptureError(fn.name, origin && placeText(origin.place), variables);
}
