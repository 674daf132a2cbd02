import { checkForLeftovers } from '../leaks/check-for-leftovers.js';
import { swallowedStrays } from '../strays/swallowed-strays.js';
import { awaitCheck, rememberFakes, takeFakesInUse } from './fakes-in-use.js';
import { awaitOtherFakes, keepOtherFakes, takeOtherFakes, type Stray } from './other-fakes.js';
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
  awaitOtherFakes();
  afterEach(afterTest);
  afterAll(async () => {
    if (testingOptions.failOnLeftovers) await checkForLeftovers();
  });
}

/** @throws {@link AssertionFailedError} when strays were prevented that nobody has asked for */
function afterTest(): void {
  const refused = [
    ...takeFakesInUse().flatMap((fakes) => lookAt(fakes, rememberFakes)),
    ...takeOtherFakes().flatMap((fakes) => lookAt(fakes, keepOtherFakes)),
  ];
  if (refused.length > 0 && testingOptions.failOnStrays) throw swallowedStrays(refused);
}

function lookAt<T extends { acknowledgeStrays(): readonly Stray[]; restore(): void }>(
  fakes: T,
  keep: (fakes: T) => void,
): readonly Stray[] {
  const strays = fakes.acknowledgeStrays();
  if (testingOptions.restore) fakes.restore();
  else keep(fakes);
  return strays;
}
