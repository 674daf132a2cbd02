import type { Readable } from 'node:stream';
import type { StageContext } from './stage-function.js';

/** The inside of an in-process stage: makes its output from its input, chunk by chunk, as fast as it is asked to. */
export type StageBody = (source: Readable, context: StageContext) => AsyncIterable<Buffer>;
