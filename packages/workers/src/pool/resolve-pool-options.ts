import { InvalidArgumentError, type Size } from '@proc/core';
import { parseDuration, parseSize, readObject, showValue } from '@proc/core/internal';
import type { WorkerKind } from '../contracts/worker-kind.js';
import type {
  OverMemory,
  WorkerPoolOptions,
  WorkerStrategy,
} from '../contracts/worker-pool-options.js';
import type { WorkerPoolStats } from '../contracts/worker-pool-stats.js';
import { requireCloneable } from '../errors/uncloneable-value-error.js';
import { toTaskReference } from '../functions/to-task-reference.js';
import type { TaskReference } from '../functions/task-reference.js';
import { crossingTo } from '../functions/transfer.js';
import { cpuCount } from '../manager/cpu-count.js';

/** How a pool is made, checked; durations in milliseconds, sizes in bytes. */
export interface ResolvedPoolOptions {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly sizeReason: WorkerPoolStats['sizeReason'];
  readonly spare: number | 'auto';
  readonly scaleUpAfterMs: number;
  readonly idleTimeoutMs: number;
  readonly concurrency: number;
  readonly strategy: WorkerStrategy;
  readonly ageingMs: number;
  readonly maxQueue: number;
  readonly whenFull: 'reject' | 'wait';
  readonly timeoutMs: number | undefined;
  readonly graceMs: number;
  readonly startTimeoutMs: number;
  readonly maxTasksPerWorker: number;
  readonly maxAgeMs: number;
  readonly maxMemory: number;
  readonly overMemory: OverMemory;
  readonly memoryCheckMs: number;
  readonly poisonAfter: number;
  readonly maxStartFailures: number;
  readonly cooldownMs: number;
  readonly setup: TaskReference | undefined;
  readonly setupData: unknown;
  readonly teardown: TaskReference | undefined;
  readonly output: 'inherit' | 'capture' | 'ignore';
  readonly heartbeatMs: number;
  readonly env: Readonly<Record<string, string>>;
  readonly execArgv: readonly string[] | undefined;
  readonly maxHeap: number | undefined;
}

const KNOWN = [
  ...[
    'size',
    'min',
    'max',
    'spare',
    'scaleUpAfter',
    'idleTimeout',
    'concurrency',
    'strategy',
    'ageing',
  ],
  ...['maxQueue', 'whenFull', 'timeout', 'grace', 'startTimeout', 'maxTasksPerWorker', 'maxAge'],
  ...[
    'maxMemory',
    'overMemory',
    'memoryCheck',
    'poisonAfter',
    'maxStartFailures',
    'cooldown',
    'setup',
    'setupData',
    'teardown',
  ],
  ...['output', 'heartbeat', 'env', 'execArgv', 'maxHeap', 'name'],
];

/**
 * @throws {@link InvalidArgumentError} for what can not work, {@link UncloneableValueError} for the data of `setup`,
 *   and what {@link toTaskReference} throws
 */
export function resolvePoolOptions(
  kind: WorkerKind,
  options: WorkerPoolOptions = {},
): ResolvedPoolOptions {
  const own = readObject(options, 'Options of a pool of workers are given as', KNOWN);
  const { setup, teardown } = own;
  requireCloneable('setupData', own.setupData, crossingTo(kind));
  return {
    name: own.name === undefined ? kind : text(own.name, 'name'),
    ...sizes(kind, own),
    spare: spares(kind, own.spare),
    scaleUpAfterMs: parseDuration(own.scaleUpAfter ?? 5, 'scaleUpAfter'),
    idleTimeoutMs: parseDuration(own.idleTimeout ?? '10s', 'idle timeout'),
    concurrency: count(own.concurrency ?? 1, 'concurrency'),
    strategy: oneOf(own.strategy ?? 'least-busy', ['least-busy', 'round-robin'], 'strategy'),
    ageingMs: parseDuration(own.ageing ?? '1s', 'ageing'),
    maxQueue: own.maxQueue === undefined ? Infinity : count(own.maxQueue, 'maxQueue', 0),
    whenFull: oneOf(own.whenFull ?? 'reject', ['reject', 'wait'], 'whenFull'),
    timeoutMs: own.timeout === undefined ? undefined : parseDuration(own.timeout, 'timeout'),
    graceMs: parseDuration(own.grace ?? 500, 'grace'),
    startTimeoutMs: some(parseDuration(own.startTimeout ?? '30s', 'startTimeout'), 'startTimeout'),
    maxTasksPerWorker: unlimited(own.maxTasksPerWorker, 'maxTasksPerWorker'),
    maxAgeMs: own.maxAge === undefined ? Infinity : parseDuration(own.maxAge, 'maxAge'),
    maxMemory: own.maxMemory === undefined ? Infinity : size(own.maxMemory, 'maxMemory'),
    overMemory: oneOf(own.overMemory ?? 'replace', ['replace', 'report', 'kill'], 'overMemory'),
    memoryCheckMs: parseDuration(own.memoryCheck ?? '1s', 'memoryCheck'),
    poisonAfter: count(own.poisonAfter ?? 3, 'poisonAfter'),
    maxStartFailures: count(own.maxStartFailures ?? 3, 'maxStartFailures'),
    cooldownMs: parseDuration(own.cooldown ?? '1s', 'cooldown'),
    setup: setup === undefined ? undefined : toTaskReference(setup),
    setupData: own.setupData,
    teardown: teardown === undefined ? undefined : toTaskReference(teardown),
    output: oneOf(own.output ?? 'inherit', ['inherit', 'capture', 'ignore'], 'output'),
    heartbeatMs: parseDuration(own.heartbeat ?? '5s', 'heartbeat'),
    env: own.env === undefined ? {} : texts(own.env),
    execArgv: own.execArgv === undefined ? undefined : words(own.execArgv),
    maxHeap: own.maxHeap === undefined ? undefined : size(own.maxHeap, 'maxHeap'),
  };
}

type Sizes = Pick<ResolvedPoolOptions, 'min' | 'max' | 'sizeReason'>;

function sizes(kind: WorkerKind, { size, min, max }: WorkerPoolOptions): Sizes {
  if (size !== undefined) {
    if (min !== undefined || max !== undefined) {
      throw new InvalidArgumentError('A pool of workers has a size, or min and max, but not both.');
    }
    const fixed = count(size, 'size');
    return { min: fixed, max: fixed, sizeReason: 'option' };
  }
  const known = cpuCount();
  const most =
    max !== undefined ? count(max, 'max') : kind === 'inline' ? 1 : Math.max(known.count, min ?? 0);
  const least = count(min ?? 0, 'min', 0);
  if (least > most) {
    throw new InvalidArgumentError(`min (${least}) must not be above max (${most}).`);
  }
  return { min: least, max: most, sizeReason: max === undefined ? known.reason : 'option' };
}

function spares(kind: WorkerKind, spare: WorkerPoolOptions['spare'] = 'auto'): number | 'auto' {
  if (spare !== 'auto') return count(spare, 'spare', 0);
  // This very thread can not be lost.
  return kind === 'inline' ? 0 : 'auto';
}

function count(value: number, name: string, least: 0 | 1 = 1): number {
  if (Number.isInteger(value) && value >= least && value <= 1_000_000) return value;
  throw new InvalidArgumentError(
    `${name} must be a whole number from ${least} to 1000000; got ${showValue(value)}.`,
  );
}

function size(value: Size, name: string): number {
  return some(parseSize(value, name), name);
}

/** With nothing at all, no worker could live. */
function some(value: number, name: string): number {
  if (value > 0) return value;
  throw new InvalidArgumentError(`${name} must be above 0.`);
}

function unlimited(value: number | undefined, name: string): number {
  return value === undefined ? Infinity : count(value, name);
}

function oneOf<T extends string>(value: T, known: readonly T[], name: string): T {
  if (known.includes(value)) return value;
  const list = known.map((each) => `"${each}"`).join(' or ');
  throw new InvalidArgumentError(`${name} must be ${list}; got ${showValue(value)}.`);
}

function text(value: string, name: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new InvalidArgumentError(
    `${name} must be a text that is not empty; got ${showValue(value)}.`,
  );
}

function words(execArgv: readonly string[]): readonly string[] {
  if (Array.isArray(execArgv) && execArgv.every((word) => typeof word === 'string'))
    return execArgv;
  throw new InvalidArgumentError(
    `execArgv must be a list of options of Node; got ${showValue(execArgv)}.`,
  );
}

function texts(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const own = readObject(env, 'env is given as');
  const wrong = Object.entries(own).find(([, value]) => typeof value !== 'string');
  if (wrong === undefined) return own;
  throw new InvalidArgumentError(`The variable ${wrong[0]} in env must be a text.`);
}
