import { InvalidArgumentError } from '@proc/core';
import { readObject, showValue } from '@proc/core/internal';
import type { WorkerManagerOptions } from './worker-manager.js';

const KNOWN: readonly (keyof WorkerManagerOptions)[] = ['events', 'defaults', 'hub'];

/** @throws {@link InvalidArgumentError} for options that there are not, and for one that is no function */
export function readManagerOptions(given: WorkerManagerOptions): WorkerManagerOptions {
  const what = 'Options of a manager of workers, each a function, are given as';
  const options = readObject(given, what, KNOWN);
  for (const name of KNOWN) {
    const option: unknown = options[name];
    if (option === undefined || typeof option === 'function') continue;
    throw new InvalidArgumentError(
      `${name} is a function, such as \`() => …\`, but this was given: ${showValue(option)}.`,
    );
  }
  return options;
}
