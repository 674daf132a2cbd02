import type { LimitOptions, ResourceLimits } from '../contracts/resource-limits.js';
import type { Size } from '../contracts/size.js';
import { showValue } from '../diagnostics/show-value.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { readObject } from '../kernel/read-object.js';
import { parseDuration } from '../measures/parse-duration.js';
import { parseSize } from '../measures/parse-size.js';

const NAMES: readonly (keyof LimitOptions)[] = ['cpu', 'memory', 'files', 'processes'];

/** No limits. */
export const UNLIMITED: ResourceLimits = Object.freeze({
  cpuSeconds: null,
  memoryBytes: null,
  files: null,
  processes: null,
});

/**
 * Resolves limits; what is not given stays as it was.
 *
 * @throws {@link InvalidArgumentError} for an unknown name or a bad value
 */
export function resolveLimits(given: LimitOptions, before: ResourceLimits): ResourceLimits {
  const { cpu, memory, files, processes } = readObject(given, 'Limits are given as', NAMES);
  return Object.freeze({
    cpuSeconds: cpu === undefined ? before.cpuSeconds : seconds(parseDuration(cpu, 'cpu limit')),
    memoryBytes: memory === undefined ? before.memoryBytes : bytes(memory),
    files: files === undefined ? before.files : count('files', files),
    processes: processes === undefined ? before.processes : count('processes', processes),
  });
}

function seconds(ms: number): number {
  if (ms === 0) throw new InvalidArgumentError('The limit of cpu must be more than 0.');
  return Math.ceil(ms / 1000);
}

function bytes(memory: Size): number {
  const size = parseSize(memory, 'limit of memory');
  if (size === 0) throw new InvalidArgumentError('The limit of memory must be more than 0.');
  return size;
}

function count(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError(
    `The limit of ${name} must be a whole number from 1, not ${showValue(value)}.`,
  );
}
