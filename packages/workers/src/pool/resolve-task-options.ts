import { InvalidArgumentError } from '@proc/core';
import { isAbortSignal, parseDuration, readObject, resolveRetry } from '@proc/core/internal';
import type { TaskFailure, TaskOptions, TaskRetryOptions } from '../contracts/task-options.js';

/** How often and when a task is tried again, checked. */
interface RetryRule {
  readonly times: number;
  readonly delayMs: number;
  readonly factor: number;
  readonly on: readonly TaskFailure[];
  readonly when: ((error: Error, attempt: number) => boolean) | undefined;
}

/** How a task is run, checked; durations in milliseconds. */
export interface ResolvedTaskOptions {
  readonly name: string | undefined;
  readonly timeoutMs: number | undefined;
  readonly queueTimeoutMs: number | undefined;
  readonly deadlineMs: number | undefined;
  readonly graceMs: number;
  readonly priority: number;
  readonly key: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly retry: RetryRule | undefined;
  readonly onEmit: ((value: unknown) => void) | undefined;
}

/** What a pool says for tasks that say nothing. */
export interface TaskDefaults {
  readonly timeoutMs: number | undefined;
  readonly graceMs: number;
}

const KNOWN = [
  ...['name', 'timeout', 'queueTimeout', 'deadline', 'grace', 'priority', 'key', 'signal'],
  ...['retry', 'onEmit'],
];
const KNOWN_ON_THE_SPOT = [...KNOWN, 'with', 'capture'];
const FAILURES: readonly TaskFailure[] = ['error', 'crash', 'timeout'];

/**
 * Options of a task and of how its function travels, as they were given.
 *
 * @throws {@link InvalidArgumentError} when they are no object, and for unknown ones
 */
export function readSubmitOptions<T extends object>(options: T): T {
  return readObject(options, 'Options of a task are given as', KNOWN_ON_THE_SPOT);
}

/** @throws {@link InvalidArgumentError} for what can not work */
export function resolveTaskOptions(
  options: TaskOptions,
  defaults: TaskDefaults,
): ResolvedTaskOptions {
  const own = readObject(options, 'Options of a task are given as', KNOWN);
  const { name, priority = 0, key, signal, onEmit } = own;
  check(name === undefined || typeof name === 'string', 'The name of a task is a text.');
  check(
    typeof priority === 'number' && Number.isFinite(priority),
    'The priority of a task is a number.',
  );
  check(key === undefined || typeof key === 'string', 'The key of a task is a text.');
  check(
    signal === undefined || isAbortSignal(signal),
    'The signal of a task is an AbortSignal, such as that of an AbortController.',
  );
  check(
    onEmit === undefined || typeof onEmit === 'function',
    'What receives what a task emits (onEmit) is a function.',
  );
  return {
    name,
    timeoutMs: duration(own.timeout, 'timeout') ?? defaults.timeoutMs,
    queueTimeoutMs: duration(own.queueTimeout, 'queue timeout'),
    deadlineMs: duration(own.deadline, 'deadline'),
    graceMs: duration(own.grace, 'grace') ?? defaults.graceMs,
    priority,
    key,
    signal,
    retry: own.retry === undefined ? undefined : resolveRule(own.retry),
    onEmit,
  };
}

function resolveRule(retry: number | TaskRetryOptions): RetryRule {
  if (typeof retry === 'number')
    return { ...resolveRetry(retry).spec, on: FAILURES, when: undefined };
  const known = ['times', 'delay', 'factor', 'on', 'when'];
  const own = readObject(retry, 'Retries of a task are given as a number or', known);
  const { times, delay, factor, on = FAILURES, when } = own;
  check(
    Array.isArray(on) && (on as readonly TaskFailure[]).every((each) => FAILURES.includes(each)),
    `What a task is tried again for (on) is a list of ${FAILURES.map((each) => `"${each}"`).join(', ')}.`,
  );
  check(
    when === undefined || typeof when === 'function',
    'What decides about a retry (`when`) is a function.',
  );
  const { spec } = resolveRetry({
    times,
    ...(delay !== undefined && { delay }),
    ...(factor !== undefined && { factor }),
  });
  return { ...spec, on, when };
}

function duration(value: TaskOptions['timeout'], name: string): number | undefined {
  return value === undefined ? undefined : parseDuration(value, name);
}

function check(condition: boolean, problem: string): asserts condition {
  if (!condition) throw new InvalidArgumentError(problem);
}
