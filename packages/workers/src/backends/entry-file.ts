import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The program of a worker. It is TypeScript only where this very file is. */
export function entryFile(name: 'process-entry' | 'thread-entry'): string {
  const built = join(__dirname, '..', 'worker', `${name}.js`);
  return existsSync(built) ? built : built.replace(/\.js$/, '.ts');
}
