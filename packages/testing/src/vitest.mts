import { afterAll, afterEach, expect } from 'vitest';
import { expectExtensions } from './matchers/extend-expect.js';
import type { ProcessMatchers } from './matchers/matcher-types.js';
import { LEFTOVERS_TIMEOUT, setUpRunner } from './runners/set-up-runner.js';

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-explicit-any -- the members are in ProcessMatchers; the default is Vitest's
  interface Matchers<T = any> extends ProcessMatchers<void, T> {}
}

expect.extend(expectExtensions);
setUpRunner({ afterEach, afterAll: (hook) => afterAll(hook, LEFTOVERS_TIMEOUT) });

export type { OutputMatcher, ProcessMatchers } from './matchers/matcher-types.js';
export { configureTesting, type TestingOptions } from './runners/testing-options.js';
