import { InvalidArgumentError, showValue } from '@proc/core/essentials';
import type { FramePort } from '../contracts/frame-port.js';

/** @throws {@link InvalidArgumentError} for what is no {@link FramePort}, such as a process itself */
export function requirePort(port: FramePort): void {
  const given = port as Partial<Record<keyof FramePort, unknown>> | null | undefined;
  const needed = [given?.send, given?.onFrame, given?.onClose, given?.close];
  if (needed.every((method) => typeof method === 'function')) return;
  throw new InvalidArgumentError(
    `A session needs a port, such as processPort(child) or messagePort(worker), not ${showValue(port)}.`,
  );
}
