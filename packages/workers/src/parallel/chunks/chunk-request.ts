import type { ErrorEnvelope } from '../../errors/error-envelope.js';

/** What is done with the items of a chunk. */
export type ChunkMode = 'map' | 'filter' | 'forEach' | 'some' | 'every' | 'find' | 'reduce';

/** Several items for one trip to a worker. */
export interface ChunkRequest {
  readonly mode: ChunkMode;
  readonly items: readonly unknown[];
  /** Index of the first item; the others follow. */
  readonly first: number;
  /** After so many milliseconds the rest is given back, to be spread anew. */
  readonly budget?: number;
  /** With it the failure of an item does not end the chunk. */
  readonly settle?: true;
  /** Where `reduce` begins; without it, at the first item. */
  readonly initial?: { readonly value: unknown };
}

/** What came of a chunk. */
export interface ChunkResponse {
  /** So many items from the begin are done; the others were not begun. */
  readonly done: number;
  /** How long those took, in milliseconds. */
  readonly elapsed: number;
  /** `map`: what the function gave for each. */
  readonly results?: readonly unknown[];
  /** `filter`: positions of what stays. `some`, `every`, `find`: of the item that decided, if any. */
  readonly kept?: readonly number[];
  /** `reduce`: what it came to; missing when there was no item. */
  readonly folded?: { readonly value: unknown };
  /** Positions of items that failed, with their errors. */
  readonly failures?: readonly (readonly [position: number, error: ErrorEnvelope])[];
}
