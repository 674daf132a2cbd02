import type { ChunkMode, ChunkRequest, ChunkResponse } from './chunk-request.js';

/** Collects what a function gives for the items of a chunk. */
export interface ChunkYield {
  /** `reduce`: what the items before came to. */
  folded?(): unknown;
  /** @returns whether the rest no longer matters */
  take(position: number, result: unknown): boolean;
  /** Keeps the place of an item that failed. */
  skip(): void;
  parts(): Partial<ChunkResponse>;
}

/** Where results have no places, none is kept. */
const NO_PLACE = (): void => undefined;

/** The way in which a mode collects. */
export function chunkYield(request: ChunkRequest): ChunkYield {
  return MAKERS[request.mode](request);
}

const MAKERS: Readonly<Record<ChunkMode, (request: ChunkRequest) => ChunkYield>> = {
  map: () => {
    const results: unknown[] = [];
    return {
      take: (_, result) => {
        results.push(result);
        return false;
      },
      skip: () => results.push(undefined),
      parts: () => ({ results }),
    };
  },
  forEach: () => ({ take: () => false, skip: NO_PLACE, parts: () => ({}) }),
  filter: () => picking((result) => Boolean(result), false),
  some: () => picking((result) => Boolean(result), true),
  find: () => picking((result) => Boolean(result), true),
  every: () => picking((result) => !result, true),
  reduce: ({ initial }) => {
    let folded = initial;
    return {
      folded: () => folded?.value,
      take: (_, value) => {
        folded = { value };
        return false;
      },
      skip: NO_PLACE,
      parts: () => (folded === undefined ? {} : { folded }),
    };
  },
};

function picking(wanted: (result: unknown) => boolean, endsWithFirst: boolean): ChunkYield {
  const kept: number[] = [];
  return {
    take: (position, result) => {
      if (!wanted(result)) return false;
      kept.push(position);
      return endsWithFirst;
    },
    skip: NO_PLACE,
    parts: () => ({ kept }),
  };
}
