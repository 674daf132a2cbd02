import { InvalidArgumentError } from '@proc/core';
import { readObject } from '@proc/core/internal';

/** What the entry points for test runners do beside registering matchers. */
export interface TestingOptions {
  /** Takes all fakes back after each test. Default: yes. */
  readonly restore?: boolean | undefined;
  /**
   * Fails a test in which a stray process was prevented, also where the code under test has swallowed the error.
   * Default: yes.
   */
  readonly failOnStrays?: boolean | undefined;
  /**
   * Looks after all tests of a file for real processes that are left running, by `checkForLeftovers()`. Default: no.
   */
  readonly failOnLeftovers?: boolean | undefined;
}

const options = { restore: true, failOnStrays: true, failOnLeftovers: false };

/** What holds at the moment. */
export const testingOptions: Readonly<Required<TestingOptions>> = options;

/**
 * Chooses what the entry points for test runners do, for all tests of the file that run from now on; what is not given
 * stays as it is.
 *
 * @throws {@link InvalidArgumentError} for an unknown option
 */
export function configureTesting(given: TestingOptions): void {
  const own = readObject(given, 'Options of configureTesting() are given as');
  for (const [name, value] of Object.entries(own)) {
    if (!Object.hasOwn(options, name)) {
      throw new InvalidArgumentError(
        `configureTesting() knows no option "${name}", but ${Object.keys(options).join(', ')}.`,
      );
    }
    if (value !== undefined) options[name as keyof typeof options] = Boolean(value);
  }
}
