import { checkForLeftovers } from '../leaks/check-for-leftovers.js';
import { swallowedStrays } from '../strays/swallowed-strays.js';
import { awaitCheck, rememberFakes, takeFakesInUse } from './fakes-in-use.js';
import { testingOptions } from './testing-options.js';

/** The hooks of a test runner. */
export interface RunnerHooks {
  /** Calls back after each test of the file. */
  readonly afterEach: (check: () => void) => void;
  /** Calls back once after all tests of the file. */
  readonly afterAll: (check: () => Promise<void>) => void;
}

/** Milliseconds that the processes left over may take to end: longer than any grace that is usual. */
export const LEFTOVERS_TIMEOUT = 60_000;

/** Has a runner take fakes back and look for strays after each test, and for processes that are left after all. */
export function setUpRunner({ afterEach, afterAll }: RunnerHooks): void {
  awaitCheck();
  afterEach(afterTest);
  afterAll(async () => {
    if (testingOptions.failOnLeftovers) await checkForLeftovers();
  });
}

/** @throws {@link AssertionFailedError} when strays were prevented that nobody has asked for */
function afterTest(): void {
  const refused = takeFakesInUse().flatMap((fakes) => {
    const strays = fakes.acknowledgeStrays();
    if (testingOptions.restore) fakes.restore();
    else rememberFakes(fakes);
    return strays;
  });
  if (refused.length > 0 && testingOptions.failOnStrays) throw swallowedStrays(refused);
}
