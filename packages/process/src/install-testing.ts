import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ProviderError, type ProcessManager } from '@proc/core';

interface TestingPackage {
  installFakes(manager: ProcessManager): void;
}

/**
 * Adds the members of `@proc/testing` to a manager. The package is looked for only when one of them is used: it
 * belongs to a project's tests, not to what it ships.
 *
 * @throws {@link ProviderError} when it is not installed
 */
export function installTesting(manager: ProcessManager, member: string): void {
  loadTesting(member).installFakes(manager);
}

function loadTesting(member: string): TestingPackage {
  // From here, else (where a package manager keeps dependencies apart) from the project that is being tested.
  const places = [__filename, join(process.cwd(), 'package.json')];
  let cause: unknown;
  for (const place of places) {
    try {
      return createRequire(place)('@proc/testing') as TestingPackage;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
      cause ??= error;
    }
  }
  throw new ProviderError(
    `Process.${member}() comes from @proc/testing, which is not installed: npm install --save-dev @proc/testing`,
    { cause },
  );
}
