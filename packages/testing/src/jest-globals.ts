import { afterAll, afterEach, expect } from '@jest/globals';
import { expectExtensions } from './matchers/extend-expect.js';
import type { ProcessMatchers } from './matchers/matcher-types.js';
import { LEFTOVERS_TIMEOUT, setUpRunner } from './runners/set-up-runner.js';

declare module 'expect' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- the members are in ProcessMatchers
  interface Matchers<R extends void | Promise<void>, T = unknown> extends ProcessMatchers<R, T> {}
}

expect.extend(expectExtensions);
setUpRunner({ afterEach, afterAll: (hook) => afterAll(hook, LEFTOVERS_TIMEOUT) });

export type { OutputMatcher, ProcessMatchers } from './matchers/matcher-types.js';
export { configureTesting, type TestingOptions } from './runners/testing-options.js';
