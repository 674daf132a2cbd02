import { InvalidArgumentError } from '@proc/core';
import { parseDuration, readObject, showValue } from '@proc/core/internal';
import type { CloseOptions } from '../contracts/close-options.js';

/** Checked. */
export interface ResolvedCloseOptions {
  readonly queued: 'run' | 'reject';
  /** What was asked for; without it, one that counts already goes on counting. */
  readonly timeoutMs: number | undefined;
  readonly force: boolean;
}

const QUEUED: readonly unknown[] = ['run', 'reject'];

/** @throws {@link InvalidArgumentError} for what can not be */
export function resolveCloseOptions(given: CloseOptions): ResolvedCloseOptions {
  const own = readObject(given, 'How a pool is closed is given as', ['queued', 'timeout', 'force']);
  const { queued = 'run', timeout, force = false } = own;
  if (!QUEUED.includes(queued)) {
    throw new InvalidArgumentError(`queued is 'run' or 'reject', not ${showValue(queued)}.`);
  }
  if (typeof force !== 'boolean') {
    throw new InvalidArgumentError(`force is true or false, not ${showValue(force)}.`);
  }
  const timeoutMs = timeout === undefined ? undefined : parseDuration(timeout, 'timeout');
  return { queued, timeoutMs, force };
}
