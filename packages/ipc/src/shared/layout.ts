/** Octets of the memory of a primitive; all fit into a cache line. */
export const MEMORY_SIZE = 64;

/** The cells of a lock, each of 32 bits. */
export const LOCK = {
  /** Number of who holds it; 0: nobody. */
  owner: 0,
  /** How often it has been acquired. */
  token: 1,
  /** 1 when its last holder was lost. */
  abandoned: 2,
} as const;

/** The cell of an event: 1 when it is set. */
export const EVENT = 0;

/** What a thread gets when it opens a primitive. */
export interface OpenedMemory {
  readonly memory: SharedArrayBuffer;
  /** What it calls itself in the memory; never used again. */
  readonly owner: number;
}
