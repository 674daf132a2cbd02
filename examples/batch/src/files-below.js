import { opendir } from 'node:fs/promises';
import { join } from 'node:path';

/** All files below a directory, one by one while they are found. */
export async function* filesBelow(directory) {
  for await (const entry of await opendir(directory)) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}
