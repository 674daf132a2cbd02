import type { ProcessResult, StreamName } from '../contracts/process-result.js';
import { RecordedResult } from './recorded-result.js';

/**
 * How many bytes a result keeps of a stream. Those of our own results are not read for it, since they may be more than
 * the memory holds.
 *
 * @throws {RangeError} for a result of somebody else's, when they are more than a buffer can hold
 */
export function keptSize(result: ProcessResult, stream: StreamName = 'stdout'): number {
  return RecordedResult.sizeOf(result, stream) ?? result.bytes(stream).length;
}
