import { InvalidArgumentError } from '@proc/core';
import type { OutputOrder } from '../contracts/pool-options.js';
import type { PoolChunkCallback, PoolOutputCallback } from '../contracts/pool-output-callback.js';
import { GroupedOutput } from './grouped-output.js';
import { OrderedOutput } from './ordered-output.js';
import type { OutputRouter } from './output-router.js';
import { RawOutput } from './raw-output.js';
import { SerialCallback } from './serial-callback.js';
import { StreamedOutput } from './streamed-output.js';

/**
 * The way from the entries to a callback; `null` without one.
 *
 * @throws {@link InvalidArgumentError} when it is no callback
 */
export function routeOutput(
  onOutput: PoolOutputCallback | PoolChunkCallback | null | undefined,
  order: OutputOrder,
): OutputRouter | null {
  if (onOutput === undefined || onOutput === null) return null;
  if (typeof onOutput !== 'function') {
    throw new InvalidArgumentError(
      `The output callback of a pool must be a function; got ${typeof onOutput}.`,
    );
  }
  const callback = new SerialCallback(onOutput);
  if (order === 'grouped') return new GroupedOutput(callback);
  if (order === 'ordered') return new OrderedOutput(callback);
  return order === 'raw' ? new RawOutput(callback) : new StreamedOutput(callback);
}
