import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** All files of a directory and of those in it. */
export function filesBelow(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}
