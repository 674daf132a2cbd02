import { ProcessManager, ProviderError, type Application } from '@proc/core';
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface Facade {
  readonly Process: { readonly application: Application };
}

/**
 * The manager behind the facade `Process`. Its package depends on none of ours that a project could be without, and is
 * looked for only when nothing else was named.
 *
 * @throws `ProviderError` when it is not installed
 */
export function facadeManager(): ProcessManager {
  // From here, else (where a package manager keeps dependencies apart) from the project that is being tested.
  const places = [__filename, join(process.cwd(), 'package.json')];
  let cause: unknown;
  for (const place of places) {
    try {
      const loaded = createRequire(place)('@proc/process') as Facade;
      return loaded.Process.application.get(ProcessManager);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
      cause ??= error;
    }
  }
  throw new ProviderError(
    'A cassette needs a manager: install @proc/process, whose facade it takes by default, or give it one as { target }.',
    { cause },
  );
}
