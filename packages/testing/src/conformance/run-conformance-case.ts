import type { ProcessDriver } from '@proc/core';
import { realTime } from '@proc/core/internal';
import type { ConformanceCase } from './conformance-case.js';
import { ConformanceContext } from './conformance-context.js';
import type { ProgramCommand } from './programs.js';
import { requireSubject } from './require-subject.js';
import { within } from './wait-for.js';

/** What the cases are run on. */
export interface ConformanceSubject {
  /** Makes a driver; called for every case. */
  readonly driver: () => ProcessDriver;
  /** How the programs are run where the driver starts them; default: as Node scripts. */
  readonly programs?: ProgramCommand | undefined;
  /** Longest time of one case, in milliseconds; default 30,000. */
  readonly timeoutMs?: number | undefined;
}

/** Runs one case; rejects when the driver does not behave. Nothing of it is left afterwards. */
export async function runConformanceCase(
  conformanceCase: ConformanceCase,
  subject: ConformanceSubject,
): Promise<void> {
  const { driver, programs } = requireSubject(subject);
  const context = new ConformanceContext(driver(), programs);
  // A case that waits for what never comes must fail, not end this process.
  const alive = realTime.setInterval(() => undefined, 1000);
  const run = async (): Promise<void> => {
    const longest = longestTimeOf(conformanceCase, subject);
    await within(longest, `"${conformanceCase.name}"`, conformanceCase.run(context));
  };
  const [ran] = await Promise.allSettled([run()]);
  const [closed] = await Promise.allSettled([context.close()]);
  realTime.clearInterval(alive);
  // What the case says goes before what a broken driver says at the end.
  for (const end of [ran, closed]) if (end.status === 'rejected') throw end.reason;
}

/** Milliseconds after which a case has failed. */
export function longestTimeOf(
  { patience = 1 }: ConformanceCase,
  { timeoutMs = 30_000 }: ConformanceSubject,
): number {
  return timeoutMs * patience;
}
