import { fileURLToPath } from 'node:url';

/** Where the file is that a worker is given. */
export function place(name) {
  return fileURLToPath(new URL(`../../fixtures/workers/${name}`, import.meta.url));
}

/** What the workers of all contenders can run. */
export const TASKS = ['same', 'busy', 'crash', 'spin'];
