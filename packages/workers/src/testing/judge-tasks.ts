import { InvalidArgumentError } from '@proc/core';
import { requireList } from '@proc/core/internal';
import { TaskAssertionError } from './errors/task-assertion-error.js';
import type { TaskAssertions, TaskMatcher } from './task-assertions.js';

/** Whether something holds, and what is to be said where that is not what was wanted. */
export interface TaskVerdict {
  readonly pass: boolean;
  readonly message: () => string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** What a matcher of a test runner asks. */
export function judgeTasks(
  tasks: TaskAssertions,
  matcher: string,
  args: readonly unknown[],
): TaskVerdict {
  const [what, times] = requireList(args, 'What a matcher is told is given as');
  const one = what as TaskMatcher;
  switch (matcher) {
    case 'toHaveRun':
      return verdict(
        () => tasks.assertRan(one),
        () => tasks.assertNotRan(one),
      );
    case 'toHaveRunTimes':
      return verdict(
        () => tasks.assertRanTimes(one, times as number),
        () => {
          throw new TaskAssertionError(
            `Expected it not to have run ${String(times)} times.`,
            '',
            '',
          );
        },
      );
    case 'toHaveRunInOrder':
      return verdict(
        () => tasks.assertRanInOrder(what as readonly TaskMatcher[]),
        () => {
          throw new TaskAssertionError('Expected the tasks not to have run in this order.', '', '');
        },
      );
    default:
      throw new InvalidArgumentError(`Fakes of workers can not be asked for ${matcher}().`);
  }
}

/** An assertion holds, and then its opposite does not, or the other way round. */
function verdict(holds: () => unknown, opposite: () => unknown): TaskVerdict {
  const failure = failureOf(holds);
  const { message, expected, actual } = failure ?? failureOf(opposite) ?? {};
  return { pass: failure === undefined, message: () => message ?? '', expected, actual };
}

function failureOf(assertion: () => unknown): TaskAssertionError | undefined {
  try {
    assertion();
    return undefined;
  } catch (error) {
    if (error instanceof TaskAssertionError) return error;
    throw error;
  }
}
