import type { OutputType } from '../contracts/output-callback.js';
import type { Capture } from './capture.js';
import type { FeedChunk, OutputPositions } from './output-feed.js';

const STEP = 64 * 1024;

/**
 * What is kept of the output so far, from these positions on and in the order of its arrival; what comes later is not
 * part of it. In small steps, so that a spilled gigabyte is not read at once.
 */
export function replay(
  capture: Capture,
  types: readonly OutputType[],
  since: OutputPositions,
): Generator<FeedChunk, undefined> {
  // Taken now, not at the first step.
  const segments = capture.journal.snapshot();
  return (function* () {
    for (const { type, from, to, at } of segments) {
      if (!types.includes(type)) continue;
      for (let position = Math.max(from, since[type]); position < to; position += STEP) {
        const next = Math.min(position + STEP, to);
        const bytes = capture.retention(type).read(position, next);
        if (bytes.length > 0) yield { type, bytes, at, to: next };
      }
    }
    return undefined;
  })();
}
