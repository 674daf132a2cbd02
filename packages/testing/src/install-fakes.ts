import type { ProcessManager } from '@proc/core';
import { offerTestingMembers } from '@proc/core/internal';
import { FakeProcesses } from './fake-processes.js';
import { managerOf } from './managed-by.js';
import type { ProcessFakes } from './process-fakes.js';

declare module '@proc/core' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- the members are in ProcessFakes
  interface ProcessManager extends ProcessFakes {}
}

/** Every member of {@link ProcessFakes}; a missing one is a type error. */
const MEMBERS: Readonly<Record<keyof ProcessFakes, true>> = {
  fake: true,
  result: true,
  describe: true,
  sequence: true,
  preventStrayProcesses: true,
  allowStrayProcesses: true,
  acknowledgeStrays: true,
  spy: true,
  isolated: true,
  restore: true,
  recorded: true,
  isRecording: true,
  assertRan: true,
  assertRanTimes: true,
  assertRanCount: true,
  assertRanInOrder: true,
  assertNotRan: true,
  assertDidntRun: true,
  assertNothingRan: true,
  assertNoStrays: true,
  assertSequencesEmpty: true,
  assertSignalled: true,
  assertPeakConcurrency: true,
};

const installed = new WeakMap<ProcessManager, FakeProcesses>();

/**
 * Gives a manager the methods of {@link ProcessFakes}, and the driver `fake`. Nothing is faked yet. Idempotent.
 *
 * @returns the manager's fakes, for use without the methods
 * @throws {@link InvalidArgumentError} for what has no manager
 */
export function installFakes(given: ProcessManager): FakeProcesses {
  const manager = managerOf(given);
  const known = installed.get(manager);
  if (known !== undefined) return known;
  const fakes = new FakeProcesses(manager);
  installed.set(manager, fakes);
  const methods = fakes as unknown as Readonly<Record<string, (...args: unknown[]) => unknown>>;
  for (const name of Object.keys(MEMBERS)) {
    manager.macro(name, function (this: ProcessManager, ...args: unknown[]) {
      const answer = methods[name]?.apply(fakes, args);
      // What is fluent stays with the manager.
      return answer === fakes ? this : answer;
    });
  }
  return fakes;
}

// Whoever imports the package, for its types as well, finds the methods on every manager.
offerTestingMembers((manager) => installFakes(manager as ProcessManager));
