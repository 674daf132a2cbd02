import { readdirSync } from 'node:fs';
import { CLOSE_ON_EXEC, GET_DESCRIPTOR_FLAGS } from './platform-constants.js';
import type { Symbols } from './symbols.js';

/** Where Linux lists the descriptors of this process. */
const LIST = '/proc/self/fd';

/**
 * The descriptors above the standard ones that a program would inherit: Node and its libraries open none, but whoever
 * has started this process may have left some open.
 *
 * @returns none where the system does not list them
 */
export function inheritableDescriptors({ fcntl }: Pick<Symbols, 'fcntl'>): readonly number[] {
  const isInheritable = (descriptor: number): boolean => {
    const flags = fcntl(descriptor, GET_DESCRIPTOR_FLAGS, 'int', 0);
    // The list's own is closed by now.
    return flags >= 0 && (flags & CLOSE_ON_EXEC) === 0;
  };
  return listed().filter((descriptor) => descriptor > 2 && isInheritable(descriptor));
}

function listed(): readonly number[] {
  try {
    return readdirSync(LIST).map(Number);
  } catch {
    return [];
  }
}
