import { expect } from '@jest/globals';
import { InputSourceError } from '../../src/errors/input-source-error.js';
import { InvalidArgumentError } from '../../src/errors/invalid-argument-error.js';
import { OutputCallbackError } from '../../src/errors/output-callback-error.js';
import { OutputLimitError } from '../../src/errors/output-limit-error.js';
import { ProcessTimedOutError } from '../../src/errors/process-timed-out-error.js';
import { ProcError } from '../../src/errors/proc-error.js';
import type { StubDriver } from './stub-driver.js';

/** Errors of what has been started. */
const LATE = [InputSourceError, OutputCallbackError, OutputLimitError, ProcessTimedOutError];

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
      const refused = InvalidArgumentError.is(error);
      if (!LATE.some((type) => type.is(error))) expect(this.#driver.starts).toBe(starts);
      this.counts[refused ? 'refused' : 'other']++;
    }
    expect(this.#driver.nonsense.splice(0)).toEqual([]);
  }
}
