import { types } from 'node:util';
import { assertionFailure, type Verdict } from '../assertions/verdict.js';
import type { ProcessMatchers } from './matcher-types.js';
import { processMatchers } from './process-matchers.js';

/** The matchers for a subject, and under `not` their opposites. */
export interface ProcessExpectation<T> extends ProcessMatchers<void, T> {
  readonly not: ProcessMatchers<void, T>;
}

/**
 * The matchers for runners that have none: each throws {@link AssertionFailedError} where it does not hold.
 *
 * @example
 * ```ts
 * expect(Process).toHaveRun('git push *');
 * expect(result).not.toHaveExitedWith(0);
 * await expect(running).toHaveSucceeded();
 * ```
 */
export function expectProcess<T>(subject: T): ProcessExpectation<T> {
  const expectation = matchersFor(subject, true);
  return { ...expectation, not: matchersFor(subject, false) };
}

function matchersFor<T>(subject: T, wanted: boolean): ProcessMatchers<void, T> {
  const require = (verdict: Verdict): void => {
    if (verdict.pass !== wanted) throw assertionFailure(verdict);
  };
  const bound = Object.entries(processMatchers).map(([name, judge]) => [
    name,
    (...args: unknown[]) => {
      const verdict = (judge as (...all: unknown[]) => Verdict | Promise<Verdict>)(
        subject,
        ...args,
      );
      if (types.isPromise(verdict)) return verdict.then(require);
      require(verdict);
      return undefined;
    },
  ]);
  return Object.fromEntries(bound) as ProcessMatchers<void, T>;
}
