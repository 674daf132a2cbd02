/** Above what Linux (2^22) and macOS (99,998) ever give out; odd, as no number on Windows is. */
let last = 2 ** 22 + 1;

/** A process id that no process of this system has, so that a signal to it reaches nobody. */
export function nextFakePid(): number {
  last += 2;
  return last;
}
