/** Streams outlive a lease by so many: whoever looks after them may be late. */
export const STREAM_LEASES = 3;

/** How often whatever depends on a lease is looked after, in milliseconds. */
export function intervalOf(lease: number): number {
  return Math.min(lease / 4, 1000);
}
