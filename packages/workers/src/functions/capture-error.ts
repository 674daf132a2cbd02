import { type CapturedVariable, ClosureCaptureError } from '../errors/closure-capture-error.js';
import { type CapturedValue, capturedValues } from './analysis/captured-values.js';
import { nodeModuleOf } from './analysis/node-module.js';
import { originOf } from './analysis/origin.js';
import { placeText } from './analysis/script-place.js';

/** Tells all that can be found out about the variables that a function uses. */
export function captureError(
  fn: (...args: never[]) => unknown,
  names: readonly string[],
): ClosureCaptureError {
  const values = capturedValues(fn, names);
  const origin = originOf(fn);
  const variables = names.map((name): CapturedVariable => {
    const declaration = origin?.declarations.get(name);
    const value = values.get(name);
    return {
      name,
      kind: declaration?.kind ?? (name in globalThis ? 'global of this process' : undefined),
      type: value?.type,
      place: declaration && placeText(declaration.place),
      ...(value !== undefined && whatStays(value, declaration?.kind === 'import')),
    };
  });
  return new ClosureCaptureError(fn.name, origin && placeText(origin.place), variables);
}

function whatStays(
  { value }: CapturedValue,
  imported: boolean,
): Pick<CapturedVariable, 'module' | 'stays'> {
  if (typeof value === 'function') {
    const module = nodeModuleOf(value as (...args: never[]) => unknown);
    return module === undefined ? {} : { module, stays: true };
  }
  const isModule = imported && typeof value === 'object' && value !== null && hasFunctions(value);
  return isModule ? { stays: true } : {};
}

/** As modules have. Runs no getter. */
function hasFunctions(value: object): boolean {
  try {
    return Object.values(Object.getOwnPropertyDescriptors(value)).some(
      (property: PropertyDescriptor) => typeof property.value === 'function',
    );
  } catch {
    // A module that is still being loaded.
    return true;
  }
}
