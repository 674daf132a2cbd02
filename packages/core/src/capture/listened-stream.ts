import { PassThrough } from 'node:stream';
import { realTime } from '../clock/real-time.js';

/**
 * A stream for listeners of somebody else. What one of them throws is an uncaught exception, as with the streams of
 * `child_process`, and not the failure of whoever writes: the stream goes on.
 */
export class ListenedStream extends PassThrough {
  override emit(event: string | symbol, ...args: unknown[]): boolean {
    // All other events come in a turn of their own, where nobody else is in between.
    if (event !== 'data') return super.emit(event, ...args);
    try {
      return super.emit(event, ...args);
    } catch (error) {
      realTime.nextTick(() => {
        throw error;
      });
      return true;
    }
  }
}
