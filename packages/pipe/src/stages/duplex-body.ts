import type { Duplex, Readable } from 'node:stream';
import { writeTo } from '../streams/write-to.js';
import { pieceBytes } from './piece-bytes.js';
import type { StageBody } from './stage-body.js';

/** A stage whose bytes go through a Node stream. */
export function duplexBody(make: () => Duplex): StageBody {
  return async function* (source) {
    const duplex = make();
    const fed = feed(source, duplex);
    try {
      for await (const piece of duplex) yield pieceBytes(piece, 'bytes');
    } finally {
      // A stream that ends before its input does has read what it wanted.
      if (!source.readableEnded) source.destroy();
      await fed;
    }
  };
}

/**
 * Never rejects: an error of the stream comes out at its readable end. `stream.pipeline` would fail the source with it,
 * which then looked like the culprit.
 */
async function feed(source: Readable, duplex: Duplex): Promise<void> {
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      if (!duplex.writable) break;
      await give(duplex, chunk);
    }
    duplex.end();
  } catch {
    duplex.destroy();
  }
}

/** Some streams throw at what they are given, instead of telling. */
async function give(duplex: Duplex, chunk: Buffer): Promise<void> {
  try {
    await writeTo(duplex, chunk);
  } catch (error) {
    duplex.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}
