import { InvalidArgumentError, realTime } from '@proc/core/essentials';
import type { FramePort } from '../contracts/frame-port.js';
import { attachedPort } from './attached-port.js';

/** One end of the channel that Node opens between a process and a child: `process`, or a `ChildProcess`. */
export interface ProcessLike {
  readonly connected: boolean;
  /** As of `process`. */
  send?(
    message: unknown,
    handle: undefined,
    options: object,
    callback: (error: Error | null) => void,
  ): boolean;
  /** As of `process`. */
  on(event: string, listener: (message: unknown) => void): unknown;
  /** As of `process`. */
  off(event: string, listener: (message: unknown) => void): unknown;
}

/**
 * A port over the messages between this process and its parent (without an argument), or a child. The channel should be
 * opened with `serialization: 'advanced'`; with `'json'` it carries what JSON can. Other messages are left alone.
 *
 * As any program that listens for messages, a child lives until it has closed the connection, or exits.
 *
 * @throws {@link InvalidArgumentError} when there is no channel
 */
export function processPort(end: ProcessLike = process): FramePort {
  if (typeof end.send !== 'function') {
    throw new InvalidArgumentError(
      'There is no channel of messages. Start the program with fork(), or with the stdio "ipc".',
    );
  }
  let failed = (): void => undefined;
  return attachedPort({
    post: (message) => {
      if (!end.connected) return;
      // A channel that breaks says so by `disconnect` as well; without a callback it would be an uncaught error.
      end.send?.(message, undefined, {}, (error) => {
        if (error !== null) failed();
      });
    },
    listen: (onMessage, onGone) => {
      const events = [
        ['message', onMessage],
        ['disconnect', onGone],
        // A process of ours does not hear of its own.
        ...(end === process ? [] : [['exit', onGone] as const]),
      ] as const;
      failed = () => {
        if (!end.connected) onGone();
      };
      for (const [event, listener] of events) end.on(event, listener);
      if (!end.connected) realTime.nextTick(onGone);
      return () => {
        for (const [event, listener] of events) end.off(event, listener);
      };
    },
  });
}
