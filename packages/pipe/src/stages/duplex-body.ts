import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pieceBytes } from './piece-bytes.js';
import type { StageBody } from './stage-body.js';

/** A stage whose bytes go through a Node stream. */
export function duplexBody(make: () => Duplex): StageBody {
  return async function* (source) {
    const duplex = make();
    const fed = pipeline(source, duplex).catch((error: unknown) => {
      // A stream that ends before its input does has read what it wanted.
      if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    });
    // Reported below, unless reading the stream fails first for the same reason.
    fed.catch(() => undefined);
    for await (const piece of duplex) yield pieceBytes(piece, 'bytes');
    if (!source.readableEnded) source.destroy();
    await fed;
  };
}
