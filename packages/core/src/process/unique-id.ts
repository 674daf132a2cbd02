/** Tells the ids of this process (and of this copy of the package) from those of any other. */
const origin = `${process.pid.toString(36)}${Math.random().toString(36).slice(2, 10)}`;
let count = 0;

/** An id that no other call gives: for processes, runs, pools and pipelines. Not a secret. */
export function uniqueId(): string {
  count++;
  return `${origin}-${count.toString(36)}`;
}
