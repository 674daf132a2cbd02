import type { FramePort } from '@proc/ipc';

/**
 * Passes on what comes at either port to the other one; when one is closed, so is the other.
 *
 * @param onEnd - called when that happens
 */
export function joinPorts(near: FramePort, far: FramePort, onEnd: () => void): void {
  for (const [from, to] of [
    [near, far],
    [far, near],
  ] as const) {
    from.onFrame((frame) => {
      pass(frame, from, to);
    });
    from.onClose(() => {
      to.close();
      onEnd();
    });
  }
}

function pass(frame: unknown, from: FramePort, to: FramePort): void {
  try {
    to.send(frame);
  } catch (error) {
    // It came over a channel that can carry more: whoever waits for what it comes to hears that.
    const { k, id } = frame as { readonly k?: unknown; readonly id?: unknown };
    const message = `It can not be sent over Redis: ${(error as Error).message}`;
    if (k === 'req') from.send({ k: 'ret', id, e: { code: 'invalid', message } });
    if (k === 'pong') to.send({ k: 'pong' });
    if (k !== 'ret') return;
    const remote = { name: 'Error', message };
    to.send({ k: 'ret', id, e: { code: 'remote', error: remote } });
  }
}
