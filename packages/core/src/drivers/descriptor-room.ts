import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { probe } from '../kernel/probe.js';

/** Three pipes, the one that tells of a failed start, and what the program's side moves about before it begins. */
const NEEDED = 12;

let wasShort = false;

/**
 * Throws the system's error where there are too few descriptors for one more program. Looks only once they have run
 * out: until then a start costs nothing.
 *
 * Node itself notices too late. When the last descriptor is gone on the program's side, it reports the failed start and
 * never closes the pipes that it had made, two descriptors at each time
 * (`lib/internal/child_process.js` returns early on EMFILE). The first such start loses some: to reach them, each child
 * would have to be changed before it is spawned, which was measured to cost every start a twentieth of its time.
 */
export function requireDescriptors(): void {
  if (wasShort) holdDescriptors();
}

/** Whether there are descriptors enough for one more program. Looks each time. */
export function hasDescriptors(): boolean {
  try {
    holdDescriptors();
    return true;
  } catch {
    return false;
  }
}

function holdDescriptors(): void {
  const held: number[] = [];
  try {
    while (held.length < NEEDED) held.push(openSync(devNull, 'r'));
  } finally {
    for (const descriptor of held) closeSync(descriptor);
  }
}

/** Hands on the error of a start, and remembers when it was a lack of descriptors. */
export function noteShortage(error: unknown): unknown {
  const code = probe(() => (error as { code?: unknown } | null)?.code);
  if (code === 'EMFILE' || code === 'ENFILE') wasShort = true;
  return error;
}
