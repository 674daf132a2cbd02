import type { MessagePeer } from '@proc/core';
import type { FramePort } from '../contracts/frame-port.js';
import { attachedPort } from './attached-port.js';

/**
 * A port over the messages of a process that a manager has started with `node()` or `ipc('advanced')`: so it may run on
 * any driver that has such a channel. In the program, give {@link connectIpc} the {@link processPort}.
 *
 * Reads the process's `messages()`; other iterations of them see our messages too.
 */
export function runningProcessPort(running: MessagePeer): FramePort {
  return attachedPort({
    post: (message) => {
      // The end of the messages tells the end of the channel.
      running.send(message).catch(() => undefined);
    },
    listen: (onMessage, onGone) => {
      let listening = true;
      const read = async (): Promise<void> => {
        for await (const message of running.messages()) {
          if (!listening) return;
          onMessage(message);
        }
      };
      void read()
        .catch(() => undefined)
        .finally(onGone);
      return () => {
        listening = false;
      };
    },
  });
}
