import type { DriverCapabilities } from '@proc/core';
import { assertCapabilities } from './assert-capabilities.js';
import { conformanceCases } from './conformance-cases.js';
import { reasonToSkip, type ConformanceCase } from './conformance-case.js';
import { ConformanceReport, outcomeText, type ConformanceOutcome } from './conformance-report.js';
import { requireSubject } from './require-subject.js';
import { runConformanceCase, type ConformanceSubject } from './run-conformance-case.js';

/** What is checked, and who is told of it meanwhile. */
export interface ConformanceCheck extends ConformanceSubject {
  /** What the driver is supposed to be able to do; declaring anything else fails. Default: what it declares. */
  readonly expectedCapabilities?: Partial<DriverCapabilities> | undefined;
  /** Default: all of them. */
  readonly cases?: readonly ConformanceCase[] | undefined;
  /** Receives what is to be printed of each case as soon as it has ended; default: nothing is. */
  readonly report?: ((text: string) => void) | undefined;
}

/**
 * Runs the cases that every driver has to pass, one after the other, without any test runner.
 *
 * Never rejects because of the driver: a case that fails is in the report, and the next ones are run all the same.
 *
 * @throws {@link InvalidArgumentError} when there is no driver
 * @example
 * ```ts
 * const report = await checkConformance({ driver: () => new NsenterDriver() });
 * console.log(report);
 * process.exitCode = report.successful() ? 0 : 1;
 * ```
 */
export async function checkConformance(given: ConformanceCheck): Promise<ConformanceReport> {
  const check = requireSubject(given);
  const { cases = conformanceCases, report } = check;
  const { capabilities, name } = check.driver();
  const outcomes: ConformanceOutcome[] = [];
  const add = (outcome: ConformanceOutcome): void => {
    outcomes.push(outcome);
    report?.(outcomeText(outcome));
  };
  if (check.expectedCapabilities !== undefined) {
    add(await outcomeOf(declaration(capabilities, check.expectedCapabilities), check));
  }
  for (const each of cases) {
    const reason = reasonToSkip(each, capabilities);
    const { group, name: title } = each;
    if (reason === undefined) add(await outcomeOf(each, check));
    else add({ group, name: title, outcome: 'skipped', reason });
  }
  return new ConformanceReport(name, outcomes);
}

async function outcomeOf(
  each: ConformanceCase,
  subject: ConformanceSubject,
): Promise<ConformanceOutcome> {
  const { group, name } = each;
  return runConformanceCase(each, subject).then(
    () => ({ group, name, outcome: 'passed' }),
    (error: unknown) => ({ group, name, outcome: 'failed', error }),
  );
}

function declaration(
  declared: DriverCapabilities,
  expected: Partial<DriverCapabilities>,
): ConformanceCase {
  return {
    group: 'capabilities',
    name: 'declares the capabilities that are expected of it',
    run: async () => {
      assertCapabilities(declared, expected);
    },
  };
}
