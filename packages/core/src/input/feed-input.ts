import type { Readable, Writable } from 'node:stream';

/** Reading or writing ended because the other side is gone: nothing that the source or we did wrong. */
const CLOSED = new Set([
  'EPIPE',
  'ECONNRESET',
  'EOF',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);

/** Whether an error of a standard input only says that the program does not read (any more). */
export function isClosedInput(error: unknown): boolean {
  return CLOSED.has((error as NodeJS.ErrnoException | null)?.code ?? '');
}

/**
 * Copies a source to a standard input as fast as the program reads, and ends it. A program that stops reading is no
 * error: the source is let go (destroyed, unless it is this process's own stdin).
 *
 * @param onError - the source failed, or was destroyed before its end (as in Node's `pipeline`), so that the program
 * has got a part of it only; the input has been closed
 * @returns a function that stops feeding
 */
export function feedInput(
  source: Readable,
  stdin: Writable,
  onError: (error: unknown) => void,
): () => void {
  let stopped = false;
  const stop = (): void => {
    if (stopped) return;
    stopped = true;
    source.unpipe(stdin);
    if (source === process.stdin) source.pause();
    else if (!source.readableEnded) source.destroy();
  };
  const fail = (error: unknown): void => {
    if (stopped) return;
    stop();
    stdin.destroy();
    onError(error);
  };
  source.on('error', fail);
  source.once('close', () => {
    if (!source.readableEnded) fail(cutShort());
  });
  stdin.once('close', stop);
  stdin.on('error', stop);
  // It may have failed while the process was being started.
  if (source.errored) fail(source.errored);
  else if (source.readableEnded) stdin.end();
  else if (source.destroyed) fail(cutShort());
  else source.pipe(stdin);
  return stop;
}

/** What Node calls the same. */
function cutShort(): Error {
  const error = new Error('the stream was destroyed before its end');
  return Object.assign(error, { code: 'ERR_STREAM_PREMATURE_CLOSE' });
}
