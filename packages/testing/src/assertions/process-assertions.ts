import { AssertionFailedError } from '../errors/assertion-failed-error.js';
import type { FakeScope } from '../fake-scope.js';
import type { CommandMatcher } from '../matching/command-matcher.js';
import { describePattern } from '../matching/command-pattern.js';
import type { RecordedProcess } from '../recording/recorded-process.js';
import { swallowedStrays } from '../strays/swallowed-strays.js';
import { describeRecording } from './describe-recording.js';
import { ran, ranInOrder, ranTimes, signalled } from './ran-verdicts.js';
import { assertionFailure, verdictOn, type Verdict } from './verdict.js';

/** What has to hold of the processes that ran. Everything returns `this` or throws {@link AssertionFailedError}. */
export abstract class ProcessAssertions {
  /** @internal */
  protected abstract readonly scope: FakeScope;

  /** Whether what runs is recorded. */
  abstract isRecording(): boolean;

  /** At least one such process ran. */
  assertRan(matcher: CommandMatcher): this {
    return this.#holds(ran(this.recording(), matcher));
  }

  /** Exactly so often; default once. */
  assertRanTimes(matcher: CommandMatcher, times = 1): this {
    return this.#holds(ranTimes(this.recording(), matcher, times));
  }

  /** Exactly so many processes in all. */
  assertRanCount(expected: number): this {
    const { length } = this.recording();
    return this.#counts(
      { pass: length === expected, expected, actual: length },
      `Expected ${counted(expected)} to have run, but ${length} ${length === 1 ? 'has' : 'have'}.`,
    );
  }

  /** Exactly these, in this order, and nothing else. */
  assertRanInOrder(matchers: readonly CommandMatcher[]): this {
    return this.#holds(ranInOrder(this.recording(), matchers));
  }

  /** No such process ran. */
  assertNotRan(matcher: CommandMatcher): this {
    const verdict = ran(this.recording(), matcher);
    if (verdict.pass) throw assertionFailure(verdict);
    return this;
  }

  /** Same as {@link assertNotRan}. */
  assertDidntRun(matcher: CommandMatcher): this {
    return this.assertNotRan(matcher);
  }

  /** No process ran at all. */
  assertNothingRan(): this {
    const commands = this.recording().map(({ command }) => command);
    return this.#counts(
      { pass: commands.length === 0, expected: [], actual: commands },
      'Expected nothing to have run.',
    );
  }

  /** No stray process was prevented without `acknowledgeStrays()` having been asked. */
  assertNoStrays(): this {
    const { refused } = this.scope.strays;
    if (refused.length > 0) throw swallowedStrays(refused);
    return this;
  }

  /** Every registered sequence has been used up. */
  assertSequencesEmpty(): this {
    const processes = this.recording();
    const left = this.scope.registry.sequences.filter(([, sequence]) => !sequence.isEmpty());
    const list = left.map(
      ([pattern, sequence]) => `  ${describePattern(pattern)}: ${sequence.remaining} left`,
    );
    const what = ['Expected all sequences of fakes to have been used up, but:', ...list].join('\n');
    return this.#holds(
      verdictOn(processes, {
        ...{ pass: left.length === 0, expected: [], actual: list },
        message: () => what,
      }),
    );
  }

  /** At least one such process was sent this signal, or any. */
  assertSignalled(matcher: CommandMatcher, signal?: NodeJS.Signals | number): this {
    return this.#holds(signalled(this.recording(), matcher, signal));
  }

  /** Exactly so many processes ran at once when there were most. */
  assertPeakConcurrency(expected: number): this {
    this.recording();
    const actual = this.scope.recorder.peakConcurrency;
    return this.#counts(
      { pass: actual === expected, expected, actual },
      `Expected ${counted(expected)} to run at once at the busiest moment, but it was ${actual}.`,
    );
  }

  /**
   * What is to be judged: an assertion about a recording that was never made would hold, or fail, without saying
   * anything.
   *
   * @throws {@link AssertionFailedError} when nothing is recorded
   */
  recording(): readonly RecordedProcess[] {
    if (this.isRecording()) return this.scope.recorder.processes;
    throw new AssertionFailedError(
      'Nothing is recorded: call fake(), spy() or preventStrayProcesses() before the processes run.',
      'a recording',
      'none',
    );
  }

  #counts(facts: Omit<Verdict, 'message'>, what: string): this {
    const processes = this.recording();
    const message = (): string => `${what}\n${describeRecording(processes)}`;
    return this.#holds(verdictOn(processes, { ...facts, message }));
  }

  #holds(verdict: Verdict): this {
    if (!verdict.pass) throw assertionFailure(verdict);
    return this;
  }
}

function counted(count: number): string {
  return count === 1 ? '1 process' : `${count} processes`;
}
