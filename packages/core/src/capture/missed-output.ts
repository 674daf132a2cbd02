import type { OutputType } from '../contracts/output-callback.js';
import type { Capture } from './capture.js';
import type { OutputDecoder } from './output-decoder.js';
import type { OutputPositions } from './output-feed.js';
import { replay } from './replay.js';

/** A multiple of every unit that an encoding reads at a time. */
const UNIT = 12;

/**
 * The text of what is kept of the output so far, from these positions on. The decoder, a new one, is left where what
 * comes after that goes on.
 */
export function missedOutput(
  capture: Capture,
  since: OutputPositions,
  decoder: OutputDecoder,
): Generator<readonly [OutputType, string], void> {
  const chunks = replay(capture, ['out', 'err'], since);
  for (const type of ['out', 'err'] as const) {
    // A character may have begun before; what else these bytes make is known already.
    const at = since[type];
    const before = Math.max(0, at - (at % UNIT) - UNIT);
    decoder.decode(type, capture.retention(type).read(before, at));
  }
  return (function* () {
    for (const { type, bytes } of chunks) yield [type, decoder.decode(type, bytes)];
  })();
}
