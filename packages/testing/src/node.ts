import { after, afterEach } from 'node:test';
import { LEFTOVERS_TIMEOUT, setUpRunner } from './runners/set-up-runner.js';

setUpRunner({
  afterEach: (hook) => afterEach(hook),
  afterAll: (hook) => after(hook, { timeout: LEFTOVERS_TIMEOUT }),
});

export { expectProcess as expect, type ProcessExpectation } from './matchers/expect-process.js';
export type { OutputMatcher, ProcessMatchers } from './matchers/matcher-types.js';
export { configureTesting, type TestingOptions } from './runners/testing-options.js';
