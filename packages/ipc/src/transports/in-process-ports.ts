import { realTime } from '@proc/core/internal';
import type { FramePort } from '../contracts/frame-port.js';
import { PortEnd } from './port-end.js';

/**
 * Two ports that are joined to each other, within this process. Each frame is cloned on its way, as between
 * processes: what can not be sent there can not be sent here, and nobody sees another's changes.
 */
export function inProcessPorts(): readonly [FramePort, FramePort] {
  const [one, other] = [new PortEnd(), new PortEnd()];
  return [new InProcessPort(one, other), new InProcessPort(other, one)];
}

class InProcessPort implements FramePort {
  constructor(
    private readonly mine: PortEnd,
    private readonly its: PortEnd,
  ) {}

  send(frame: unknown): void {
    if (!this.mine.isOpen) return;
    const copy = structuredClone(frame);
    // Never within `send`: whoever sends must not be called back before it returns.
    realTime.queueMicrotask(() => {
      this.its.receive(copy);
    });
  }

  onFrame(listener: (frame: unknown) => void): void {
    this.mine.onFrame(listener);
  }

  onClose(listener: () => void): void {
    this.mine.onClose(listener);
  }

  close(): void {
    if (!this.mine.end()) return;
    // After what was sent before.
    realTime.queueMicrotask(() => this.its.end());
  }
}
