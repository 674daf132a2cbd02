/** The cells of a lock, each of 32 bits. */
export const LOCK = {
  /** Number of who holds it; 0: nobody. */
  owner: 0,
  /** How often it has been acquired. */
  token: 1,
  /** 1 when its last holder was lost. */
  abandoned: 2,
  cells: 3,
} as const;

/** The cell of an event: 1 when it is set. */
export const EVENT = 0;

/** The cells of a semaphore. */
export const SEMAPHORE = {
  /** Grows with each permit that comes back: who waits for one waits for that. */
  returns: 0,
  /** From here on one for each permit: the number of who has it; 0: nobody. */
  permits: 1,
  most: 1023,
} as const;

/** The cells of a barrier. */
export const BARRIER = {
  /** Its generation, why it is broken, and how many have arrived; see `barrier-word.ts`. */
  word: 0,
  /** From here on what broke generations that are over, for those of their parties that have not looked yet. */
  broken: 1,
  remembered: 255,
} as const;

/** The cells of a ring; what is written comes after them. */
export const RING = {
  /** Who writes at the moment, and who reads; 0: nobody. */
  writer: 0,
  reader: 1,
  /** Octets that have been read, and written, in all. */
  head: 2,
  tail: 3,
  /** Grow with each read and write: who waits for room or for a message waits for that. */
  reads: 4,
  writes: 5,
  /** 1 when nothing is written any more. */
  closed: 6,
  /** Octets before the first that is written. */
  size: 64,
  /** Octets of the length before each message. */
  header: 4,
} as const;

/** What a thread gets when it opens a primitive. */
export interface OpenedMemory {
  readonly memory: SharedArrayBuffer;
  /** What it calls itself in the memory; never used again. */
  readonly owner: number;
  /** What the hub looks at when the thread is lost; of a barrier. */
  readonly own?: SharedArrayBuffer | undefined;
}
