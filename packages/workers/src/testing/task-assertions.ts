import { isDeepStrictEqual } from 'node:util';
import { requireList } from '@proc/core/internal';
import { TaskAssertionError } from './errors/task-assertion-error.js';
import type { FakeScope } from './fake-scope.js';
import type { RecordedTask, RecordedTaskPredicate } from './recorded-task.js';
import { describeCall } from './task-call.js';
import {
  describeTaskPattern,
  matchesCall,
  requirePattern,
  type TaskPattern,
} from './task-pattern.js';

/** Which calls an assertion is about: see {@link TaskPattern}; a function gets to see what became of the call, too. */
export type TaskMatcher =
  Exclude<TaskPattern, (...args: never[]) => unknown> | RecordedTaskPredicate;

const LONGEST_LIST = 50;

/** What has to hold of the tasks that ran. Everything returns `this` or throws {@link TaskAssertionError}. */
export abstract class TaskAssertions {
  /** @internal */
  protected abstract readonly scope: FakeScope | undefined;

  /** At least one such task ran. */
  assertRan(matcher: TaskMatcher): this {
    const found = this.recorded(matcher).length;
    return this.#holds(
      found > 0,
      `Expected ${describe(matcher)} to have run, but it has not.`,
      '> 0',
      found,
    );
  }

  /** With exactly these arguments, as the worker has got them. */
  assertRanWith(matcher: TaskMatcher, ...args: readonly unknown[]): this {
    const calls = this.recorded(matcher).map((task) => task.args);
    const what = `Expected ${describe(matcher)} to have run with these arguments, but it has not.`;
    return this.#holds(
      calls.some((each) => isSame(each, args)),
      what,
      args,
      calls,
    );
  }

  /** Exactly so often; default once. Each attempt counts, and each item. */
  assertRanTimes(matcher: TaskMatcher, times = 1): this {
    const found = this.recorded(matcher).length;
    const what = `Expected ${describe(matcher)} to have run ${counted(times)}, but it was ${counted(found)}.`;
    return this.#holds(found === times, what, times, found);
  }

  /** Exactly so many in all. */
  assertRanCount(count: number): this {
    const found = this.recording().length;
    return this.#holds(
      found === count,
      `Expected ${count} tasks to have run, but it were ${found}.`,
      count,
      found,
    );
  }

  /** Exactly these, in the order of their begin, and nothing else. */
  assertRanInOrder(matchers: readonly TaskMatcher[]): this {
    const tasks = this.recording();
    requireList(matchers, 'Tasks in their order are given as').forEach(requirePattern);
    const wrong = Array.from({ length: Math.max(tasks.length, matchers.length) }).findIndex(
      (_, index) => {
        const [task, matcher] = [tasks[index], matchers[index]];
        return task === undefined || matcher === undefined || !matches(matcher, task);
      },
    );
    const wanted = matchers.map(describe);
    const what = `Expected exactly these tasks to have run, in this order: ${wanted.join(', ')}.\nThe first that differs is number ${wrong + 1}.`;
    return this.#holds(wrong === -1, what, wanted, tasks.map(describeCall));
  }

  /** No such task ran. */
  assertNotRan(matcher: TaskMatcher): this {
    const found = this.recorded(matcher).length;
    const what = `Expected ${describe(matcher)} not to have run, but it has, ${counted(found)}.`;
    return this.#holds(found === 0, what, 0, found);
  }

  /** Same as {@link assertNotRan}. */
  assertDidntRun(matcher: TaskMatcher): this {
    return this.assertNotRan(matcher);
  }

  /** No task ran at all. */
  assertNothingRan(): this {
    const tasks = this.recording().map(describeCall);
    return this.#holds(tasks.length === 0, 'Expected nothing to have run.', [], tasks);
  }

  /** No stray task was prevented without `acknowledgeStrays()` having been asked. */
  assertNoStrays(): this {
    const refused = this.scope?.refused ?? [];
    const messages = refused.map(({ message }) => message.replaceAll(/^/gm, '  '));
    const what = ['Stray tasks were prevented, which must not be lost:', ...messages].join('\n');
    return this.#holds(
      refused.length === 0,
      what,
      [],
      refused.map(({ taskName }) => taskName),
    );
  }

  /** Every registered sequence has been used up. */
  assertSequencesEmpty(): this {
    const left = (this.scope?.registry.sequences ?? [])
      .filter(([, { remaining }]) => remaining > 0)
      .map(([pattern, { remaining }]) => `${describeTaskPattern(pattern)}: ${remaining} left`);
    const what = ['Expected all sequences of fakes to have been used up, but:', ...left].join(
      '\n  ',
    );
    return this.#holds(left.length === 0, what, [], left);
  }

  /** Exactly so many calls were under way at once when there were most. */
  assertPeakConcurrency(count: number): this {
    this.recording();
    const peak = this.scope?.recorder.peakConcurrency ?? 0;
    const what = `Expected ${count} tasks to run at once at the busiest moment, but it were ${peak}.`;
    return this.#holds(peak === count, what, count, peak);
  }

  /** The calls that were made, in the order of their begin; `matcher` chooses. */
  recorded(matcher?: TaskMatcher): readonly RecordedTask[] {
    const tasks = this.recording();
    if (matcher === undefined) return tasks;
    requirePattern(matcher);
    return tasks.filter((task) => matches(matcher, task));
  }

  /** Whether what runs is recorded. */
  isRecording(): boolean {
    return this.scope !== undefined;
  }

  /**
   * An assertion about a recording that was never made would hold, or fail, without saying anything.
   *
   * @throws {@link TaskAssertionError} when nothing is recorded
   */
  protected recording(): readonly RecordedTask[] {
    if (this.scope !== undefined) return this.scope.recorder.tasks;
    const what =
      'Nothing is recorded: call fake(), spy() or preventStrayTasks() before the tasks run.';
    throw new TaskAssertionError(what, 'a recording', 'none');
  }

  #holds(holds: boolean, what: string, expected: unknown, actual: unknown): this {
    if (holds) return this;
    throw new TaskAssertionError(`${what}\n${listOf(this.recording())}`, expected, actual);
  }
}

/** Values of a worker have the prototypes of a clone, which in some runners are not those of the test. */
function isSame(got: readonly unknown[], wanted: readonly unknown[]): boolean {
  try {
    return isDeepStrictEqual(structuredClone(got), structuredClone(wanted));
  } catch {
    return false;
  }
}

function matches(matcher: TaskMatcher, task: RecordedTask): boolean {
  return typeof matcher === 'function' ? matcher(task) : matchesCall(matcher, task);
}

function describe(matcher: TaskMatcher): string {
  return describeTaskPattern(matcher as TaskPattern);
}

function listOf(tasks: readonly RecordedTask[]): string {
  if (tasks.length === 0) return 'Nothing has run.';
  const lines = tasks
    .slice(0, LONGEST_LIST)
    .map(
      (task, index) =>
        `  ${index + 1}. ${describeCall(task)} (${task.status}${task.stray ? ', stray' : ''})`,
    );
  const rest = tasks.length - lines.length;
  return ['What has run:', ...lines, ...(rest > 0 ? [`  and ${rest} more`] : [])].join('\n');
}

function counted(times: number): string {
  return times === 1 ? 'once' : `${times} times`;
}
