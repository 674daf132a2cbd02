import { InvalidArgumentError, ProcessManager, type Application } from '@proc/core';

/** What has a manager: it itself, an application, or the facade `Process`. */
export type Managed = Application | ProcessManager;

/**
 * The manager of an application; behind a facade, which forwards to that of an application, the manager itself.
 *
 * @throws {@link InvalidArgumentError} for anything else
 */
export function managerOf(target: unknown): ProcessManager {
  if (!isObject(target)) throw unmanaged(target);
  if ('useApplication' in target && 'application' in target) return managerOf(target.application);
  if ('decorateDrivers' in target) return target as ProcessManager;
  if ('get' in target && 'bound' in target) return (target as Application).get(ProcessManager);
  throw unmanaged(target);
}

function unmanaged(target: unknown): InvalidArgumentError {
  return new InvalidArgumentError(
    `Expected a process manager, the facade Process or an application; got ${describe(target)}.`,
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return isObject(value) ? `an object of class ${value.constructor.name}` : `a ${typeof value}`;
}
