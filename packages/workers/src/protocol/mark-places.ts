/** As many tasks at most are sent ahead of those that run. */
const MOST_AHEAD = 64;

/** How many tasks of a worker may be asked to end at the same time. */
export function placesFor(concurrency: number): number {
  return MOST_AHEAD + concurrency;
}

/** Where it is noted that a task is to end, from 1; what is noted last in 0 is the last task that was begun. */
export function placeOf(seq: number, places: number): number {
  return 1 + (seq % places);
}
