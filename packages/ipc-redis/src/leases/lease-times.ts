/** Streams outlive a lease by so many: whoever looks after them may be late. */
export const STREAM_LEASES = 3;

/** The part of a lease after which a connection that says nothing leads nowhere: more than a read waits at most. */
export const SILENCE = 3 / 8;

/** How often whatever depends on a lease is looked after, in milliseconds. */
export function intervalOf(lease: number): number {
  return Math.min(Math.floor(lease / 4), 1000);
}
