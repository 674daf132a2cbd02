import type { Readable } from 'node:stream';

/**
 * Reads a stream of a process to its end.
 *
 * @param onEnd - called once; `brokeOff` after a reset or a premature close, which end the output as well: how the
 *   process ended tells the rest
 */
export function readStream(
  source: Readable,
  hear: (chunk: Buffer) => void,
  onEnd: (brokeOff: boolean) => void,
): void {
  const end = (brokeOff: boolean): void => {
    // Node keeps the streams of its children longer than anybody needs what hears them.
    source.off('data', hear).off('end', done).off('close', done).off('error', fail);
    source.on('error', ignore);
    onEnd(brokeOff);
  };
  const done = (): void => {
    end(false);
  };
  const fail = (): void => {
    end(true);
  };
  source.on('data', hear).once('end', done).once('close', done).on('error', fail);
  // A listener alone starts no stream that its driver has paused.
  source.resume();
}

/** What happens to a stream after its end changes nothing. */
function ignore(): void {
  // There is nobody to be told.
}
