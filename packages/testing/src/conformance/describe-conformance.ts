import type { DriverCapabilities } from '@proc/core';
import { assertCapabilities } from './assert-capabilities.js';
import { conformanceCases } from './conformance-cases.js';
import { reasonToSkip, type ConformanceCase } from './conformance-case.js';
import { requireSubject } from './require-subject.js';
import {
  longestTimeOf,
  runConformanceCase,
  type ConformanceSubject,
} from './run-conformance-case.js';

/**
 * Defines one test, as `it` of Jest, Vitest and `node:test` does. That of another runner will do when it lets a test
 * run for `timeoutMs`, or has been told to: Mocha by `--timeout 0`.
 */
export interface DefineTest {
  (name: string, body: () => Promise<void>, timeoutMs?: number): unknown;
  readonly skip?: (name: string, body: () => Promise<void>) => unknown;
}

/** How the suite is run. */
export interface ConformanceOptions extends ConformanceSubject {
  /** What the driver is supposed to be able to do. Declaring anything else fails: a case can't be lost silently. */
  readonly expectedCapabilities: Partial<DriverCapabilities>;
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: DefineTest;
  /** Receives a line for each case that is left out; default: stderr. */
  readonly report?: ((line: string) => void) | undefined;
}

/**
 * Defines the tests that every driver has to pass.
 *
 * @throws {@link InvalidArgumentError} when there is no driver
 * @example
 * ```ts
 * describeConformance({
 *   driver: () => new NsenterDriver(),
 *   expectedCapabilities: { processGroup: true, mergeStderr: true, remote: false },
 *   describe,
 *   it,
 * });
 * ```
 */
export function describeConformance(given: ConformanceOptions): void {
  const options = requireSubject(given);
  const { capabilities, name } = options.driver();
  options.describe(`the driver "${name}"`, () => {
    options.it('declares the capabilities that are expected of it', async () => {
      assertCapabilities(capabilities, options.expectedCapabilities);
    });
    for (const group of new Set(conformanceCases.map((each) => each.group))) {
      options.describe(group, () => {
        for (const each of conformanceCases.filter((candidate) => candidate.group === group)) {
          define(each, capabilities, options);
        }
      });
    }
  });
}

function define(
  each: ConformanceCase,
  capabilities: DriverCapabilities,
  options: ConformanceOptions,
): void {
  const reason = reasonToSkip(each, capabilities);
  const { it, report = toStderr } = options;
  if (reason === undefined) {
    it(each.name, () => runConformanceCase(each, options), longestTimeOf(each, options) + 10_000);
    return;
  }
  const title = `${each.name} (left out: ${reason})`;
  report(`conformance: ${title}`);
  (it.skip ?? it)(title, () => Promise.resolve());
}

function toStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
