import type { Writable } from 'node:stream';

/** Writes, and resolves when more may be written, or never will be. Errors are told by the stream's own events. */
export async function writeTo(target: Writable, bytes: Uint8Array): Promise<void> {
  if (!isOpen(target) || target.write(bytes)) return;
  await new Promise<void>((resolve) => {
    const settle = (): void => {
      target.off('drain', settle).off('close', settle).off('error', settle);
      resolve();
    };
    target.on('drain', settle).on('close', settle).on('error', settle);
  });
}

/** Whether a stream still takes what it is given. */
export function isOpen(stream: Writable): boolean {
  return !stream.destroyed && !stream.writableEnded;
}
