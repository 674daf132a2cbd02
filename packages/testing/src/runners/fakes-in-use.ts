import type { FakeProcesses } from '../fake-processes.js';

/** Those to be looked at after the test: a list of who has fakes, while the fakes are each manager's own. */
const inUse = new Set<FakeProcesses>();

let awaitsCheck = false;

/** From now on {@link takeFakesInUse} is called after each test, so nothing is forgotten before. */
export function awaitCheck(): void {
  awaitsCheck = true;
}

export function rememberFakes(fakes: FakeProcesses): void {
  inUse.add(fakes);
}

/**
 * They have been taken back. Whether strays were swallowed is asked after the test, if there is anybody to ask.
 *
 * @returns false when they are still to be looked at
 */
export function forgetFakes(fakes: FakeProcesses): boolean {
  if (!awaitsCheck) inUse.delete(fakes);
  return !awaitsCheck;
}

/** Those that fake, record or prevent something, or did so in the current test. */
export function fakesInUse(): readonly FakeProcesses[] {
  return [...inUse];
}

/** What {@link fakesInUse} says, once: the next test begins without any. */
export function takeFakesInUse(): readonly FakeProcesses[] {
  const fakes = fakesInUse();
  inUse.clear();
  return fakes;
}
