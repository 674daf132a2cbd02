import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { settled } from '../support/captured.js';
import { ACTIONS, actions, letEnd, stages } from '../support/staged-actions.js';
import { StagedRun } from '../support/staged-run.js';
import { tries } from '../support/tries.js';

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
});
afterEach(() => {
  jest.useRealTimers();
});

/** What happens between two actions: nothing, a few promises, or everything that can. */
const gaps = fc.infiniteStream(fc.constantFrom('nothing', 'promises', 'everything'));

it('ends once and leaves nothing, whatever happens to it in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(stages, actions, gaps, async (stage, list, between) => {
      const run = new StagedRun(stage);
      await run.begin();
      for (const action of list) {
        ACTIONS[action](run);
        const gap = between.next().value;
        if (gap === 'promises') for (let turn = 0; turn < 3; turn++) await Promise.resolve();
        if (gap === 'everything') await settled();
      }
      await letEnd(run);
      expect(run.leftovers()).toEqual([]);
      const names = run.events.names();
      const count = (name: string): number => names.filter((other) => other === name).length;
      expect(count('ProcessStarted')).toBe(run.handles.length);
      expect(count('ProcessCompleted')).toBe(run.handles.length);
      await run.manager.shutdown();
    }),
    tries(1500),
  );
}, 60_000);
