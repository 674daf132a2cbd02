import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '@proc/core';
import { codeDirectory } from '@proc/core/internal';

/**
 * The program of a worker, or of a forked process. It is TypeScript only where this very file is.
 *
 * @throws {@link ConfigurationError} when the file is missing
 */
export function entryFile(
  name: 'worker/process-entry' | 'worker/thread-entry' | 'parallel/fork/fork-entry',
): string {
  const path = join(codeDirectory(__dirname), name);
  const file = [`${path}.js`, `${path}.ts`].find((candidate) => existsSync(candidate));
  if (file === undefined) {
    throw new ConfigurationError(
      `The program of workers is missing: ${path}.js. Where an application is joined to one file, leave @proc/* out of it ` +
        '(external).',
    );
  }
  return file;
}
