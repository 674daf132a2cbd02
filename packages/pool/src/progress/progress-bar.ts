import type { Clock, Duration, PoolProgressSnapshot } from '@proc/core';
import { parseDuration, readObject, systemClock } from '@proc/core/internal';
import type { PoolKey } from '../contracts/pool-key.js';
import type { PoolProgressDisplay } from '../contracts/pool-options.js';
import type { ProgressLook } from './progress-look.js';
import { PlainLines } from './plain-lines.js';
import { TerminalBar } from './terminal-bar.js';

/** Where progress is shown: `process.stderr`, or anything like it. */
export type ProgressStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
};

/** How the progress of a pool is shown. */
export interface ProgressBarOptions {
  /** Default: `process.stderr`. */
  readonly stream?: ProgressStream | undefined;
  /** Stands before the numbers. Default: none. */
  readonly label?: string | undefined;
  /** Least time between two plain lines, where there is no terminal to draw in. Default: 5 seconds. */
  readonly interval?: Duration | undefined;
  /** Where `CI` and `TERM` are looked up. Default: `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/** Shows the progress of a pool, one at a time. */
export interface ProgressBar extends PoolProgressDisplay {
  /** Writes a line above the bar. In a terminal, use it for all that is printed while the pool runs. */
  print(line: string): void;
}

/**
 * A progress callback that draws a bar: `pool(commands, { onProgress: progressBar() })`.
 *
 * It is drawn in terminals only. Elsewhere, with `CI` set (not to `0` or `false`) and with `TERM=dumb`, it writes plain
 * lines: the first, then one per `interval` at most, and the last. The cursor and the wrapping of lines are never
 * changed, so nothing is left to be restored after a crash; the line of the bar is ended with the pool, however that
 * ends, or with the process.
 *
 * @throws {@link InvalidArgumentError} for an option that there is not, and for an `interval` that is no duration
 */
export function progressBar(options: ProgressBarOptions = {}): ProgressBar {
  const what = 'Options of the progress bar are given as';
  const given = readObject(options, what, ['stream', 'label', 'interval', 'env']);
  const { stream = process.stderr, label = '', interval = '5s', env = process.env } = given;
  const intervalMs = parseDuration(interval, 'interval of the progress bar');
  const prefix = label === '' ? '' : `${label}: `;
  let clock = systemClock;
  const now = (): number => clock.now();
  const look: ProgressLook = isDrawable(stream, env)
    ? new TerminalBar(stream, prefix)
    : new PlainLines(stream, { prefix, intervalMs, now });
  const onExit = (): void => {
    look.end();
  };
  let shown = false;
  const show = (progress: PoolProgressSnapshot, key: PoolKey): void => {
    if (!shown) process.once('exit', onExit);
    shown = true;
    look.show(progress, key);
  };
  return Object.assign(show, {
    print: (line: string) => {
      look.print(line);
    },
    started: (ofPool: Clock) => {
      clock = ofPool;
    },
    completed: (progress: PoolProgressSnapshot) => {
      process.removeListener('exit', onExit);
      shown = false;
      look.show(progress, null);
      look.end();
    },
  });
}

function isDrawable(
  stream: ProgressStream,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  const inContinuousIntegration = !['', '0', 'false'].includes(env['CI'] ?? '');
  return stream.isTTY === true && !inContinuousIntegration && env['TERM'] !== 'dumb';
}
