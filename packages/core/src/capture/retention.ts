import type { RetentionSpec } from '../contracts/output-spec.js';
import { HeadRetention } from './head-retention.js';
import { HeadTailRetention } from './head-tail-retention.js';
import { SpillRetention } from './spill-retention.js';
import { TailRetention } from './tail-retention.js';

/** Keeps what a policy says of one stream. Positions count from the stream's first byte. */
export interface Retention {
  /** Bytes that were appended, kept or not. */
  readonly total: number;
  /** Position after the last byte that is kept. */
  readonly end: number;
  /** Position from which on everything up to `end` is kept. */
  readonly unbroken: number;
  /** Whether some of them are not kept. */
  readonly truncated: boolean;
  /** @returns whether it holds the chunk's own memory from now on; what it keeps otherwise is a copy */
  append(chunk: Buffer): boolean;
  /** What is kept of the bytes from one position up to another. */
  read(from: number, to: number): Buffer;
}

/** Makes the retention of a policy. */
export function createRetention(spec: RetentionSpec): Retention {
  switch (spec.policy) {
    case 'spill':
      return new SpillRetention(spec.limit);
    case 'head':
    case 'fail':
      return new HeadRetention(spec.limit);
    case 'tail':
      return new TailRetention(spec.limit);
    case 'headTail':
      return new HeadTailRetention(spec.limit);
    case 'discard':
      return new HeadRetention(0);
  }
}
