import type { FramePort } from '../contracts/frame-port.js';
import { attachedPort, type SharedChannel } from './attached-port.js';

/** A `MessagePort`, a `Worker`, or the `parentPort` of a thread. */
export interface MessagePortLike {
  /** As of a `MessagePort`. */
  postMessage(message: unknown): void;
  /** As of a `MessagePort`. */
  on(event: string, listener: (message: unknown) => void): unknown;
  /** As of a `MessagePort`. */
  off(event: string, listener: (message: unknown) => void): unknown;
  /** Only a port has it: closing it closes the channel. */
  close?(): void;
  /** Only a worker has it: it says that the thread has ended. */
  readonly threadId?: number;
}

/**
 * A port over the messages of a thread: give it the `Worker`, or a `MessagePort` of your own, on the one side, and
 * `parentPort`, or the other `MessagePort`, on the other. Other messages on the channel are left alone.
 *
 * The thread lives as long as the connection is open, as with any listener for messages.
 */
export function messagePort(port: MessagePortLike): FramePort {
  return attachedPort(attachment(port));
}

function attachment(port: MessagePortLike): SharedChannel {
  return {
    post: (message) => {
      port.postMessage(message);
    },
    listen: (onMessage, onGone) => {
      const events = [
        ['message', onMessage],
        ['close', onGone],
        // A worker's; a port has none of it.
        ['exit', onGone],
      ] as const;
      for (const [event, listener] of events) port.on(event, listener);
      return () => {
        for (const [event, listener] of events) port.off(event, listener);
      };
    },
  };
}
