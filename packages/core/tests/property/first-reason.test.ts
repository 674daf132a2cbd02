import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { TerminationReason } from '../../src/contracts/termination-reason.js';
import { ProcError } from '../../src/errors/proc-error.js';
import { EndingModel } from '../support/ending-model.js';
import { actions, stages, STEP } from '../support/staged-actions.js';
import { StagedRun, type Stage } from '../support/staged-run.js';
import { tries } from '../support/tries.js';

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
});
afterEach(() => {
  jest.useRealTimers();
});

/** How a run ends for each reason: by its error, or with a result. */
const ENDS: Partial<Record<TerminationReason, string>> = {
  timedOut: 'ProcessTimedOutError',
  idleTimedOut: 'ProcessIdleTimedOutError',
  cancelled: 'ProcessCancelledError',
  outputLimit: 'OutputLimitError',
  callbackFailed: 'OutputCallbackError',
  inputFailed: 'InputSourceError',
};

/** SIGKILL follows the grace, the group is looked for, and the rest of its output waited for. */
const BOUND = 33 + 500 + 100 + 250;

/** What is held back by a callback is neither silent nor counted: that is for other tests. */
function simple(stage: Stage): Stage {
  const once = { ...stage, retry: 0 };
  return stage.callback === 'waits' ? { ...once, idleTimeout: null, maxOutput: null } : once;
}

it('ends for the first reason that counts, and in time', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(stages.map(simple), actions, async (stage, list) => {
      const run = new StagedRun(stage);
      await run.begin();
      const model = new EndingModel(run);
      for (const action of list) await model.act(action);
      if (!model.asked && !run.done) await model.act('ends');
      for (let waited = 0; waited < 2 * BOUND && !run.done; waited += STEP) {
        // Who has been asked to end needs nobody's help.
        if (!model.asked) await model.act('is heard');
        await model.act('lives for a moment');
      }
      const reason = run.result?.reason ?? null;
      expect(model.reasons()).toContain(reason);
      const name = ProcError.is(run.end) ? run.end.name : 'a result';
      expect(name).toBe(ENDS[reason ?? 'stopped'] ?? 'a result');
      expect(run.leftovers()).toEqual([]);
      seen.add(String(reason));
    }),
    tries(1500),
  );
  expect([...seen].sort()).toEqual([...Object.keys(ENDS), 'null', 'signaled', 'stopped'].sort());
}, 60_000);
