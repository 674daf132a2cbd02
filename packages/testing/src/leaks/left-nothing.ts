import type { ProcessManager } from '@proc/core';
import { remainsOf } from '@proc/core/internal';
import type { Verdict } from '../assertions/verdict.js';
import { describeRemains } from './describe-remains.js';

/** Whether a manager has nothing that runs on, fakes included: in production they would be left too. */
export function leftNothing(manager: ProcessManager): Verdict {
  const remains = remainsOf(manager);
  const pass = remains.length === 0;
  return {
    pass,
    message: () =>
      pass
        ? 'Expected processes to have been left running, but there are none.'
        : `Expected no process to have been left running, but there are:\n${describeRemains(remains)}`,
    expected: pass ? 'some' : [],
    actual: remains.map(({ command }) => command),
  };
}
