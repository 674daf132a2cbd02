import { InvalidArgumentError } from '@proc/core';
import {
  isAbortSignal,
  parseDuration,
  processOptionHint,
  readObject,
  resolveRetry,
} from '@proc/core/internal';
import type { Concurrency } from '../contracts/concurrency.js';
import type { GateOptions } from '../contracts/gate-options.js';
import type { PoolEnvironment } from '../contracts/pool-environment.js';
import type { OutputOrder, PoolOptions, PoolProgressCallback } from '../contracts/pool-options.js';
import type { Gate } from '../gates/gate.js';
import { resolveGates } from '../gates/resolve-gates.js';
import type { ResolvedJournalOptions } from '../journal/journal.js';
import { resolveJournal } from '../journal/resolve-journal.js';
import { HaltPolicy } from './halt-policy.js';
import type { RetryRule } from './retries.js';
import { resolveConcurrency } from './resolve-concurrency.js';

/** Options of a pool, checked and with their defaults. */
export interface ResolvedPoolOptions {
  readonly concurrency: number;
  readonly halt: HaltPolicy | null;
  readonly timeoutMs: number | null;
  readonly signal: AbortSignal | null;
  readonly order: OutputOrder;
  readonly onProgress: PoolProgressCallback | null;
  readonly collect: boolean;
  readonly journal: ResolvedJournalOptions | null;
  readonly patienceMs: number;
  readonly gates: readonly Gate[];
  readonly retry: RetryRule;
}

const KNOWN: Readonly<Record<keyof PoolOptions, true>> = {
  maxProcesses: true,
  concurrency: true,
  failFast: true,
  halt: true,
  timeout: true,
  signal: true,
  order: true,
  onProgress: true,
  collect: true,
  journal: true,
  resume: true,
  patience: true,
  retry: true,
  minFreeMemory: true,
  maxLoad: true,
  minFreeDescriptors: true,
};

const ORDERS: readonly unknown[] = ['stream', 'raw', 'grouped', 'ordered'];

/**
 * Checks the options of a pool.
 *
 * @throws {@link InvalidArgumentError} for unknown options and for values that can not work
 */
export function resolvePoolOptions(
  given: PoolOptions,
  { concurrency = 'cpus', gates }: Pick<PoolEnvironment, 'concurrency' | 'gates'>,
): ResolvedPoolOptions {
  if (typeof given === 'function') {
    throw new InvalidArgumentError(
      'Options of a pool are given as an object. An output callback goes to start(), or to concurrently().',
    );
  }
  const options = readObject(given, 'Options of a pool are given as', Object.keys(KNOWN), (key) =>
    processOptionHint(key, 'entry'),
  );
  const { order = 'stream', signal, onProgress, timeout = null, collect = true } = options;
  check(ORDERS.includes(order), 'order must be "stream", "raw", "grouped" or "ordered"');
  check(signal === undefined || isAbortSignal(signal), 'signal must be an AbortSignal');
  check(
    onProgress === undefined || typeof onProgress === 'function',
    'onProgress must be a function',
  );
  check(typeof collect === 'boolean', 'collect must be true or false');
  return {
    concurrency: concurrencyOf(options, concurrency),
    halt: haltOf(options),
    timeoutMs: timeout === null ? null : parseDuration(timeout, 'timeout of the pool') || null,
    signal: signal ?? null,
    order,
    onProgress: onProgress ?? null,
    collect,
    journal: resolveJournal(options),
    patienceMs: resolvePatience(options.patience),
    gates: resolveGates(gatesOf(options, gates)),
    retry: resolveRetry(options.retry ?? 0),
  };
}

/** @throws {@link InvalidArgumentError} for a malformed duration */
export function resolvePatience(patience: PoolOptions['patience'] = null): number {
  return patience === null ? Number.POSITIVE_INFINITY : parseDuration(patience, 'patience');
}

function concurrencyOf(options: PoolOptions, fallback: Concurrency): number {
  const { maxProcesses, concurrency = fallback } = options;
  check(
    maxProcesses === undefined || options.concurrency === undefined,
    'maxProcesses and concurrency are two names of one option: give one of them',
  );
  if (maxProcesses !== undefined) return resolveConcurrency(maxProcesses, 'maxProcesses');
  return resolveConcurrency(concurrency);
}

function haltOf({ failFast = false, halt }: PoolOptions): HaltPolicy | null {
  check(typeof failFast === 'boolean', 'failFast must be true or false');
  check(
    !failFast || halt === undefined,
    'failFast is short for halt: { when: "now", fail: 1 }: give one of them',
  );
  if (halt !== undefined) return new HaltPolicy(halt);
  return failFast ? new HaltPolicy({ when: 'now', fail: 1 }) : null;
}

/** What a pool does not say is as the application has it. */
function gatesOf(options: PoolOptions, configured: GateOptions = {}): GateOptions {
  const {
    minFreeMemory = configured.minFreeMemory,
    maxLoad = configured.maxLoad,
    minFreeDescriptors = configured.minFreeDescriptors,
  } = options;
  return { minFreeMemory, maxLoad, minFreeDescriptors };
}

function check(condition: boolean, message: string): void {
  if (!condition) throw new InvalidArgumentError(`Pool options: ${message}.`);
}
