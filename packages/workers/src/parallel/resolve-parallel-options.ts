import { InvalidArgumentError } from '@proc/core';
import { isAbortSignal, parseDuration, readObject, showValue } from '@proc/core/internal';
import type { TasksOptions } from './item-function.js';
import type { MapOptions, ReduceOptions, SettleOptions, WorkerType } from './parallel-options.js';

/** Any of the options, as they may be given. */
type GivenOptions = MapOptions &
  Partial<Pick<SettleOptions, 'onError'>> &
  Pick<ReduceOptions<never>, 'combine' | 'initial'>;

/** The options, checked and complete. */
export interface ResolvedParallelOptions extends Omit<GivenOptions, 'onError' | 'timeout'> {
  /** Milliseconds. */
  readonly timeout?: number;
  readonly chunk: number | 'auto';
  readonly buffer: number;
  readonly onError: 'stop' | 'settle';
  readonly ordered: boolean;
}

const BUFFER = 4096;
const TYPES: readonly WorkerType[] = ['process', 'thread', 'inline'];

const COMMON = [
  'type',
  'pool',
  'concurrency',
  'chunk',
  'buffer',
  'signal',
  'timeout',
  'retry',
  'onProgress',
  'onEmit',
  'with',
  'capture',
];

/** What an operation takes beyond what all do. */
export const MAP_KEYS = ['ordered', 'onError'];
export const REDUCE_KEYS = ['combine', 'initial'];

/** @throws {@link InvalidArgumentError} naming what is wrong */
export function resolveParallelOptions(
  given: object,
  own: readonly string[] = [],
): ResolvedParallelOptions {
  const options = readObject(given, 'Options are given as', [...COMMON, ...own]) as GivenOptions;
  whole('concurrency', options.concurrency, 1);
  whole('buffer', options.buffer, 1);
  whole('retry', options.retry, 0);
  if (options.chunk !== 'auto') whole('chunk', options.chunk, 1);
  checkPlace(options);
  oneOf('ordered', options.ordered, [true, false]);
  oneOf('onError', options.onError, ['stop', 'settle']);
  oneOf('initial', options.initial, ['perChunk', 'once']);
  callable('onProgress', options.onProgress);
  callable('onEmit', options.onEmit);
  callable('combine', options.combine);
  const { timeout, ...ending } = resolveEnding(options);
  return {
    ...ending,
    ...(timeout !== undefined && { timeout }),
    // The time that a pool measures is that of a trip.
    chunk: timeout === undefined ? (options.chunk ?? 'auto') : 1,
    buffer: options.buffer ?? BUFFER,
    onError: options.onError ?? 'stop',
    ordered: options.ordered ?? true,
  };
}

const TASKS_KEYS = ['maxConcurrent', 'type', 'pool', 'signal', 'timeout', 'with', 'capture'];

/** @throws {@link InvalidArgumentError} naming what is wrong */
export function resolveTasksOptions(
  given: TasksOptions,
): Omit<TasksOptions, 'timeout'> & Pick<ResolvedParallelOptions, 'timeout'> {
  const options = readObject(given, 'Options are given as', TASKS_KEYS);
  whole('maxConcurrent', options.maxConcurrent, 1);
  checkPlace(options);
  const { timeout, ...ending } = resolveEnding(options);
  return { ...ending, ...(timeout !== undefined && { timeout }) };
}

function checkPlace({ type, pool }: Pick<TasksOptions, 'type' | 'pool'>): void {
  oneOf('type', type, TYPES);
  if (pool === undefined || typeof Reflect.get(Object(pool), 'submitTask') === 'function') return;
  throw wrong('pool', 'a pool of workers', pool);
}

/** The same with the timeout in milliseconds. */
function resolveEnding<T extends Pick<TasksOptions, 'timeout' | 'signal'>>(
  options: T,
): Omit<T, 'timeout'> & { readonly timeout: number | undefined } {
  const { timeout, signal } = options;
  if (signal !== undefined && !isAbortSignal(signal)) {
    throw wrong('signal', 'an AbortSignal', signal);
  }
  const ms = timeout === undefined ? undefined : parseDuration(timeout, 'timeout');
  if (ms === 0) throw wrong('timeout', 'above 0', timeout);
  return { ...options, timeout: ms };
}

function whole(name: string, value: unknown, least: number): void {
  if (value === undefined || (Number.isSafeInteger(value) && (value as number) >= least)) return;
  throw wrong(name, `a whole number from ${least}`, value);
}

function oneOf(name: string, value: unknown, values: readonly unknown[]): void {
  if (value === undefined || values.includes(value)) return;
  throw wrong(name, values.map((each) => showValue(each)).join(' or '), value);
}

function callable(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function') throw wrong(name, 'a function', value);
}

function wrong(name: string, what: string, value: unknown): InvalidArgumentError {
  return new InvalidArgumentError(`${name} is ${what}, but this was given: ${showValue(value)}.`);
}
