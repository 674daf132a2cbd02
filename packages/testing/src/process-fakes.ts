import type { Clock } from '@proc/core';
import type { CommandMatcher } from './matching/command-matcher.js';
import type { StrayProcessError } from './errors/stray-process-error.js';
import type { CommandPattern } from './matching/command-pattern.js';
import type { FakeClosure, FakeHandler, FakeHandlers } from './fakes/fake-handler.js';
import type { FakeOutputValue } from './fakes/fake-output.js';
import type { FakeProcessDescription } from './fakes/fake-process-description.js';
import type { FakeProcessResult, FakeResultOptions } from './fakes/fake-process-result.js';
import type { FakeProcessSequence } from './fakes/fake-process-sequence.js';
import type { RecordedProcess } from './recording/recorded-process.js';

/** How faking goes on. */
export interface FakeOptions {
  /** Also records what really runs; its standard input is not seen. Default: only fakes are recorded. */
  readonly recordStrays?: boolean | undefined;
  /**
   * What the fakes, and all that waits for them, go by until they are taken back: see {@link virtualClock}. What really
   * runs goes by the system's. Default: the system's clock.
   */
  readonly clock?: Clock | undefined;
}

/**
 * Fakes and assertions: what `installFakes` adds to a `ProcessManager`, and what `fakeProcesses` returns.
 *
 * Wherever a matcher is taken: an exact command line, one with `*` for any characters, a RegExp, an argv list, or a
 * function of specification and result.
 */
export interface ProcessFakes {
  /**
   * Fakes processes from now on, and records them. Without arguments everything succeeds without output; with a
   * function it decides for everything. Both replace earlier fakes; a collection of handlers by pattern adds to them,
   * and the most recently registered match wins.
   *
   * What no fake is registered for really runs, unless {@link preventStrayProcesses}.
   */
  fake(handlers?: FakeHandlers | FakeClosure, options?: FakeOptions): this;
  /** A process that prints all it has and ends. */
  result(options: FakeResultOptions): FakeProcessResult;
  result(
    output?: FakeOutputValue,
    errorOutput?: FakeOutputValue,
    exitCode?: number,
  ): FakeProcessResult;
  /** A process described step by step. */
  describe(): FakeProcessDescription;
  /** Fakes that are used one after the other. */
  sequence(values?: readonly FakeHandler[]): FakeProcessSequence;
  /** Makes the start of anything that is not faked fail with a {@link StrayProcessError}. Needs no `fake()`. */
  preventStrayProcesses(): this;
  /**
   * Lets some processes really run although strays are prevented; repeated calls add. Without patterns, strays are
   * prevented no longer.
   */
  allowStrayProcesses(patterns?: readonly CommandPattern[]): this;
  /**
   * The errors of stray processes that were prevented since the last call, in order. What has been asked for is
   * expected: {@link assertNoStrays}, and the check after each test, say nothing of it.
   */
  acknowledgeStrays(): readonly StrayProcessError[];
  /** Records what really runs, and fakes nothing. Same as `fake({}, { recordStrays: true })`. */
  spy(): this;
  /**
   * Runs a part of a test with fakes of its own: what is faked, recorded, asserted and restored in it, and in all that
   * it calls and waits for, has nothing to do with what is outside, nor with another part that runs at the same time.
   * It begins without fakes; whether strays are prevented holds on inside.
   *
   * @returns what `body` returns
   * @throws what `body` throws; {@link AssertionFailedError} when it has swallowed the error of a stray process
   */
  isolated<T>(body: () => T | Promise<T>): Promise<T>;
  /** Takes all fakes, recordings and the prevention of strays back: what runs from now on is real. */
  restore(): void;
  /** What has been started so far, in order, as snapshots; `filter` chooses. */
  recorded(filter?: CommandMatcher): readonly RecordedProcess[];
  /** Whether what runs is recorded: after `fake()`, `spy()` or `preventStrayProcesses()`, until `restore()`. */
  isRecording(): boolean;
  /**
   * At least one such process ran.
   *
   * @throws {@link AssertionFailedError}, as every assertion
   */
  assertRan(matcher: CommandMatcher): this;
  /** Exactly so often; default once. */
  assertRanTimes(matcher: CommandMatcher, times?: number): this;
  /** Exactly so many processes in all. */
  assertRanCount(count: number): this;
  /** Exactly these, in this order, and nothing else. */
  assertRanInOrder(matchers: readonly CommandMatcher[]): this;
  /** No such process ran. */
  assertNotRan(matcher: CommandMatcher): this;
  /** Same as {@link assertNotRan}. */
  assertDidntRun(matcher: CommandMatcher): this;
  /** No process ran at all. */
  assertNothingRan(): this;
  /** No stray process was prevented without {@link acknowledgeStrays} having been asked. */
  assertNoStrays(): this;
  /** Every registered sequence has been used up. */
  assertSequencesEmpty(): this;
  /** At least one such process was sent this signal, or any. */
  assertSignalled(matcher: CommandMatcher, signal?: NodeJS.Signals | number): this;
  /** Exactly so many processes ran at once when there were most. */
  assertPeakConcurrency(count: number): this;
}
