import type { OutputType } from '../contracts/output-callback.js';
import type { IterationOptions, OutputChunk } from '../contracts/running-process.js';
import { showValue } from '../diagnostics/show-value.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import type { Capture } from './capture.js';
import { OutputDecoder } from './output-decoder.js';
import { OutputFeed } from './output-feed.js';

/** Decoded chunks, from the first one that is kept. */
export async function* iterateChunks(
  capture: Capture,
  encoding: BufferEncoding,
  types: readonly OutputType[],
): AsyncGenerator<OutputChunk, void, undefined> {
  const decoder = new OutputDecoder(encoding);
  for await (const { type, bytes, at } of new OutputFeed(capture, types)) {
    const chunk = decoder.decode(type, bytes);
    if (chunk !== '') yield { type, chunk, at };
  }
  for (const type of types) {
    const chunk = decoder.flush(type);
    if (chunk !== '') yield { type, chunk, at: capture.clock.now() };
  }
}

/** The streams that iteration options ask for. */
export function chosenTypes(
  options: IterationOptions | undefined,
  fallback: readonly OutputType[],
): readonly OutputType[] {
  const stream = options?.stream;
  if (stream === undefined) return fallback;
  if (stream === 'both') return ['out', 'err'];
  if (!(['out', 'err'] as readonly unknown[]).includes(stream)) {
    throw new InvalidArgumentError(
      `The stream to read is 'out', 'err' or 'both', not ${showValue(stream)}.`,
    );
  }
  return [stream];
}
