import { createHash } from 'node:crypto';
import type { Launchable } from '@proc/core';

/** What an entry runs, in few characters. Begins with the version of the way it is made. */
export function entryHash(entry: Launchable): string {
  const text = JSON.stringify([fingerprintOf(entry)]);
  return `1:${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}

/** An entry that is not complete says so when it is launched: that is a result. */
function fingerprintOf(entry: Launchable): unknown {
  try {
    return entry.fingerprint?.() ?? entry.toString();
  } catch {
    return entry.toString();
  }
}
