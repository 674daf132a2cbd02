import {
  InvalidArgumentError,
  isAbortSignal,
  parseDuration,
  showValue,
} from '@proc/core/essentials';
import type { WaitOptions } from '../contracts/wait-options.js';
import { requireKnown } from './require-known.js';

/** What whoever waits may say. */
export const WAITING: readonly (keyof WaitOptions)[] = ['timeout', 'signal'];

/** How long a call may wait, in milliseconds. */
export interface Wait {
  readonly timeoutMs: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** @throws {@link InvalidArgumentError} */
export function readWait(op: string, options: WaitOptions = {}): Wait {
  requireKnown(op, options, WAITING);
  const { timeout, signal } = options;
  if (signal !== undefined && !isAbortSignal(signal)) {
    throw new InvalidArgumentError(`signal is an AbortSignal, not ${showValue(signal)}.`);
  }
  const timeoutMs = timeout === undefined ? undefined : parseDuration(timeout, 'timeout');
  return { timeoutMs, signal };
}
