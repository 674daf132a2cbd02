import { expect } from '@jest/globals';
import { InvalidArgumentError } from '../../src/errors/invalid-argument-error.js';
import { ProcError } from '../../src/errors/proc-error.js';
import type { StubDriver } from './stub-driver.js';

/** Errors of what has been started. */
const LATE = new Set([
  'InputSourceError',
  'OutputCallbackError',
  'OutputLimitError',
  'ProcessTimedOutError',
  'ProcessIdleTimedOutError',
]);

/** Looks at how calls of a fuzzed manager end, and counts the ends. */
export class Ends {
  /** How many ran, and how many were refused: a property that only sees one kind shows nothing. */
  readonly counts = { ran: 0, refused: 0, other: 0 };
  readonly #driver: StubDriver;

  constructor(driver: StubDriver) {
    this.#driver = driver;
  }

  /** Calls, and passes for a result, a refusal before the start, or an error of what ran. */
  async check(call: () => unknown): Promise<void> {
    const { starts } = this.#driver;
    try {
      await call();
      this.counts.ran++;
    } catch (error) {
      if (!ProcError.is(error)) throw new Error('This is no error of ours.', { cause: error });
      if (!LATE.has(error.name)) expect(this.#driver.starts).toBe(starts);
      this.counts[InvalidArgumentError.is(error) ? 'refused' : 'other']++;
    }
    expect(this.#driver.nonsense.splice(0)).toEqual([]);
  }
}
