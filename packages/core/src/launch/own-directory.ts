import { existsSync } from 'node:fs';

/** The working directory of this process; `undefined` when it has been removed. */
export function ownDirectory(): string | undefined {
  try {
    // Node remembers the name, also when there is nothing of that name any more.
    const directory = process.cwd();
    return existsSync(directory) ? directory : undefined;
  } catch {
    return undefined;
  }
}
