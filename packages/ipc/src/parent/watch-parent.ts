import type { Duration } from '@proc/core';
import { InvalidArgumentError, parseDuration, realTime, showValue } from '@proc/core/essentials';

/** How a parent is watched. */
export interface ParentExitOptions {
  /** How often it is looked for; default: 250 ms. */
  readonly every?: Duration | undefined;
  /**
   * The parent's process id, where it is known from elsewhere: so it is also noticed when it ended before this was
   * called. Default: that of the parent at the moment.
   */
  readonly parent?: number | undefined;
}

/** What is asked of the system; other in tests. */
export interface Ancestry {
  readonly platform: NodeJS.Platform;
  /** Of the parent that this process has now. */
  ppid(): number;
  isAlive(pid: number): boolean;
}

/** As {@link onParentExit}. */
export function watchParent(
  listener: () => void,
  { every = 250, parent }: ParentExitOptions,
  ancestry: Ancestry,
): () => void {
  if (typeof listener !== 'function') {
    throw new InvalidArgumentError(`The listener is a function, not ${showValue(listener)}.`);
  }
  if (parent !== undefined && !(Number.isSafeInteger(parent) && parent > 0)) {
    throw new InvalidArgumentError(`parent is a process id, not ${showValue(parent)}.`);
  }
  const ms = parseDuration(every, 'every');
  if (ms < 1) throw new InvalidArgumentError('every is at least 1 millisecond.');
  const awaited = parent ?? ancestry.ppid();
  const isGone =
    ancestry.platform === 'win32'
      ? (): boolean => !ancestry.isAlive(awaited)
      : (): boolean => ancestry.ppid() !== awaited;
  const timer = realTime
    .setInterval(() => {
      if (!isGone()) return;
      realTime.clearInterval(timer);
      listener();
    }, ms)
    .unref();
  return () => {
    realTime.clearInterval(timer);
  };
}
