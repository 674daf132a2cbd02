import type { LaunchSpec } from '@proc/core';
import { BrokenDriver, type Fault } from './broken-driver.js';

const UNLIMITED = { cpuSeconds: null, memoryBytes: null, files: null, processes: null };

const changing = (change: (launch: LaunchSpec) => Partial<LaunchSpec>): BrokenDriver =>
  new BrokenDriver(
    () => ({}),
    (launch) => ({ ...launch, ...change(launch) }),
  );

/** What can be wrong with limits and niceness. */
export const limitlessDrivers: readonly Fault[] = [
  {
    fault: 'forgets limits',
    caughtBy: 'limits the files that a program may have open',
    driver: () => changing(() => ({ limits: UNLIMITED })),
  },
  {
    fault: 'goes on without a limit that is refused, as shells do',
    caughtBy: 'starts nothing where a limit is refused',
    driver: () =>
      changing(({ limits }) => ({ limits: (limits.files ?? 0) > 1e6 ? UNLIMITED : limits })),
  },
  {
    fault: 'takes the niceness for another one',
    caughtBy: 'adds to the niceness of a program',
    driver: () => changing(({ nice }) => ({ nice: nice === null ? null : nice + 1 })),
  },
];
