import { normalizeSignal } from '@proc/core/internal';
import { AssertionFailedError } from '../errors/assertion-failed-error.js';
import type { FakeRegistry } from '../fakes/fake-registry.js';
import {
  describeMatcher,
  matchesProcess,
  type CommandMatcher,
} from '../matching/command-matcher.js';
import { describePattern } from '../matching/command-pattern.js';
import type { RecordedProcess } from '../recording/recorded-process.js';
import type { Recorder } from '../recording/recorder.js';
import { assertionFailure } from './assertion-failure.js';
import { describeRecording } from './describe-recording.js';

/** What has to hold of the processes that ran. Everything returns `this` or throws {@link AssertionFailedError}. */
export abstract class ProcessAssertions {
  protected abstract readonly recorder: Recorder;
  protected abstract readonly registry: FakeRegistry;

  abstract isRecording(): boolean;

  assertRan(matcher: CommandMatcher): this {
    const processes = this.#processes();
    if (this.#matching(matcher).length > 0) return this;
    return fail(
      `Expected ${describeMatcher(matcher)} to have run, but it has not.`,
      describeMatcher(matcher),
      processes,
    );
  }

  assertRanTimes(matcher: CommandMatcher, times = 1): this {
    const processes = this.#processes();
    const actual = this.#matching(matcher).length;
    if (actual === times) return this;
    const what = `Expected ${describeMatcher(matcher)} to have run ${count(times)}, but it has run ${count(actual)}.`;
    return fail(what, times, processes, actual);
  }

  assertRanCount(expected: number): this {
    const processes = this.#processes();
    if (processes.length === expected) return this;
    const what = `Expected ${expected} process(es) to have run, but ${processes.length} have.`;
    return fail(what, expected, processes, processes.length);
  }

  assertRanInOrder(matchers: readonly CommandMatcher[]): this {
    const processes = this.#processes();
    const inOrder =
      processes.length === matchers.length &&
      processes.every((process, index) => {
        const matcher = matchers[index];
        return matcher !== undefined && matchesProcess(matcher, process);
      });
    if (inOrder) return this;
    const expected = matchers.map(describeMatcher);
    const wanted = expected.map((name, index) => `  ${index + 1}. ${name}`).join('\n');
    const what = `Expected exactly these processes to have run, in this order:\n${wanted}`;
    return fail(
      what,
      expected,
      processes,
      processes.map(({ command }) => `"${command}"`),
    );
  }

  assertNotRan(matcher: CommandMatcher): this {
    const processes = this.#processes();
    const actual = this.#matching(matcher).length;
    if (actual === 0) return this;
    const what = `Expected ${describeMatcher(matcher)} not to have run, but it has run ${count(actual)}.`;
    return fail(what, 0, processes, actual);
  }

  assertDidntRun(matcher: CommandMatcher): this {
    return this.assertNotRan(matcher);
  }

  assertNothingRan(): this {
    const processes = this.#processes();
    if (processes.length === 0) return this;
    return fail('Expected nothing to have run.', [], processes);
  }

  assertSequencesEmpty(): this {
    const left = this.registry.sequences.filter(([, sequence]) => !sequence.isEmpty());
    if (left.length === 0) return this;
    const list = left.map(
      ([pattern, sequence]) => `  ${describePattern(pattern)}: ${sequence.remaining} left`,
    );
    const what = ['Expected all sequences of fakes to have been used up, but:', ...list].join('\n');
    throw assertionFailure({ what, expected: [], actual: list }, this.recorder.processes);
  }

  assertSignalled(matcher: CommandMatcher, signal?: NodeJS.Signals | number): this {
    const processes = this.#processes();
    const name = signal === undefined ? undefined : normalizeSignal(signal);
    const meant = this.#matching(matcher);
    const hit = meant.some(({ signals }) =>
      name === undefined ? signals.length > 0 : signals.includes(name),
    );
    if (hit) return this;
    const got = meant.flatMap(({ signals }) => signals);
    const instead =
      meant.length === 0
        ? 'but it has not run'
        : `but it has got ${got.length === 0 ? 'none' : got.join(', ')}`;
    const what = `Expected ${describeMatcher(matcher)} to have been sent ${name ?? 'a signal'}, ${instead}.`;
    return fail(what, name ?? 'a signal', processes, got);
  }

  assertPeakConcurrency(expected: number): this {
    const processes = this.#processes();
    const actual = this.recorder.peakConcurrency;
    if (actual === expected) return this;
    const what = `Expected at most and at some time ${expected} process(es) to run at once, but it was ${actual}.`;
    return fail(what, expected, processes, actual);
  }

  #matching(matcher: CommandMatcher): readonly RecordedProcess[] {
    return this.#processes().filter((process) => matchesProcess(matcher, process));
  }

  /** An assertion about a recording that was never made would hold, or fail, without saying anything. */
  #processes(): readonly RecordedProcess[] {
    if (this.isRecording()) return this.recorder.processes;
    throw new AssertionFailedError(
      'Nothing is recorded: call fake() or preventStrayProcesses() before the processes run.',
      'a recording',
      'none',
    );
  }
}

function fail(
  what: string,
  expected: unknown,
  processes: readonly RecordedProcess[],
  actual?: unknown,
): never {
  const report = `${what}\n${describeRecording(processes)}`;
  throw assertionFailure({ what: report, expected, actual }, processes);
}

function count(times: number): string {
  return times === 1 ? 'once' : `${times} times`;
}
