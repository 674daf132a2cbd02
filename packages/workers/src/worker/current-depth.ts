let depth = 0;

/** How many pools this program is inside of: 0 in the main program, 1 in its workers, 2 in workers of those. */
export function currentDepth(): number {
  return depth;
}

/** Told by what starts a worker. */
export function setCurrentDepth(value: number): void {
  depth = value;
}
