import type { Readable } from 'node:stream';
import type { TransformStream, WritableStreamDefaultWriter } from 'node:stream/web';
import { pieceBytes } from './piece-bytes.js';
import type { StageBody } from './stage-body.js';

/** A stage whose bytes go through a web `TransformStream`. */
export function webBody(make: () => TransformStream): StageBody {
  return async function* (source) {
    const { readable, writable } = make();
    const reader = readable.getReader();
    const fed = feed(source, writable.getWriter());
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        yield pieceBytes(next.value, 'bytes');
      }
    } finally {
      if (!source.readableEnded) source.destroy();
      reader.cancel().catch(() => undefined);
      await fed;
    }
  };
}

/** Never rejects: an error of either side comes out at the readable end. */
async function feed(source: Readable, writer: WritableStreamDefaultWriter): Promise<void> {
  writer.closed.catch(() => undefined);
  try {
    for await (const chunk of source) {
      await writer.ready;
      await writer.write(chunk);
    }
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
  }
}
