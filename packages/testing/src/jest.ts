import { InvalidArgumentError } from '@proc/core';
import { expectExtensions, type ExpectExtensions } from './matchers/extend-expect.js';
import type { ProcessMatchers } from './matchers/matcher-types.js';
import { LEFTOVERS_TIMEOUT, setUpRunner } from './runners/set-up-runner.js';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- what @types/jest declares
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- the members are in ProcessMatchers
    interface Matchers<R, T = {}> extends ProcessMatchers<R, T> {}
  }
}

interface JestGlobals {
  readonly expect?: { readonly extend: (matchers: ExpectExtensions) => void };
  readonly afterEach?: (hook: () => void) => void;
  readonly afterAll?: (hook: () => Promise<void>, timeout: number) => void;
}

const { afterAll, afterEach, expect } = globalThis as JestGlobals;
if (expect === undefined || afterEach === undefined || afterAll === undefined) {
  throw new InvalidArgumentError(
    '@proc/testing/jest needs the globals of Jest. Import it in a test, or name it in setupFilesAfterEnv; ' +
      'without globals (injectGlobals: false) use @proc/testing/jest-globals.',
  );
}
expect.extend(expectExtensions);
setUpRunner({ afterEach, afterAll: (hook) => afterAll(hook, LEFTOVERS_TIMEOUT) });

export type { OutputMatcher, ProcessMatchers } from './matchers/matcher-types.js';
export { configureTesting, type TestingOptions } from './runners/testing-options.js';
