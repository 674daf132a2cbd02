import { types } from 'node:util';
import type { Verdict } from '../assertions/verdict.js';
import { processMatchers } from './process-matchers.js';

/** What Jest and Vitest take a matcher's judgement as. */
interface ExpectationResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** The matchers as `expect.extend()` takes them. */
export type ExpectExtensions = Readonly<
  Record<
    string,
    (subject: unknown, ...args: unknown[]) => ExpectationResult | Promise<ExpectationResult>
  >
>;

/** The matchers as Jest and Vitest want them. */
export const expectExtensions: ExpectExtensions = Object.fromEntries(
  Object.entries(processMatchers).map(([name, judge]) => [
    name,
    (subject: unknown, ...args: unknown[]) => {
      const verdict = (judge as (...all: unknown[]) => Verdict | Promise<Verdict>)(
        subject,
        ...args,
      );
      return types.isPromise(verdict) ? verdict.then(asExpectation) : asExpectation(verdict);
    },
  ]),
);

function asExpectation({ pass, message }: Verdict): ExpectationResult {
  return { pass, message };
}
