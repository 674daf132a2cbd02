import { expect, it } from '@jest/globals';
import { ResourceExhaustedError } from '@proc/core';
import type { PoolOptions } from '@proc/pool';
import fc from 'fast-check';
import { HandMadeEntry } from '../support/hand-made-entry.js';
import { processManager } from '../support/process-manager.js';
import { settled } from '../support/settled.js';

const processes = processManager();

interface Plan {
  readonly key: string;
  readonly after: readonly { readonly key: string; readonly on: 'success' | 'end' }[];
  readonly priority: number;
  readonly weight: number;
  /** How its launches end: the last one for good. */
  readonly fails: number;
  readonly succeeds: boolean;
}

/** Entries that come after earlier ones only, so that there is no circle. */
const plans: fc.Arbitrary<Plan[]> = fc
  .array(
    fc.record({
      priority: fc.integer({ min: -2, max: 2 }),
      weight: fc.constantFrom(1, 1, 2, 3, 9),
      fails: fc.integer({ min: 0, max: 2 }),
      succeeds: fc.boolean(),
      after: fc.array(fc.record({ back: fc.integer({ min: 1, max: 6 }), atEnd: fc.boolean() }), {
        maxLength: 2,
      }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) =>
    all.map(({ after, ...rest }, index) => ({
      ...rest,
      key: `k${index}`,
      after: after
        .filter(({ back }) => index - back >= 0)
        .map(({ back, atEnd }) => ({ key: `k${index - back}`, on: atEnd ? 'end' : 'success' })),
    })),
  );

const scenario = fc.record({
  plans,
  concurrency: fc.integer({ min: 1, max: 4 }),
  retry: fc.integer({ min: 0, max: 2 }),
  lazy: fc.boolean(),
  /** After so many ends the pool is stopped. */
  stopAfter: fc.option(fc.integer({ min: 0, max: 8 })),
  /** Which of those that run ends next, and whether the system has no room for it. */
  choices: fc.infiniteStream(fc.record({ which: fc.nat(), noRoom: fc.boolean() })),
});

it('never breaks the rules of what runs when, whatever the entries and their outcomes', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (given) => {
      const { plans, concurrency, retry, lazy, stopAfter, choices } = given;
      const planOf = new Map(plans.map((plan) => [plan.key, plan]));
      const outcome = new Map<string, 'succeeded' | 'failed'>();
      const runs = new Map<string, number>();
      const running = (): HandMadeEntry[] =>
        entries.filter((entry) => entry.launched && entry.run.running());
      const entries = plans.map(
        (plan) =>
          new HandMadeEntry(plan.key, () => {
            const weight = running().reduce((sum, { name }) => sum + planOf.get(name)!.weight, 0);
            // Alone, anything may run.
            if (running().length > 1) expect(weight).toBeLessThanOrEqual(concurrency);
            for (const { key, on } of plan.after) {
              if (on === 'success') expect(outcome.get(key)).toBe('succeeded');
              // What it comes after has ended, or was skipped.
              else expect(running().map(({ name }) => name)).not.toContain(key);
            }
            // At its end for good, it is launched no more.
            expect(outcome.has(plan.key)).toBe(false);
          }),
      );
      const list = plans.map(({ key, after, priority, weight }, index) => ({
        entry: entries[index]!,
        ...{ key, after, priority, weight },
      }));
      const options: PoolOptions = { concurrency, retry };
      const pool = processes.pool(lazy ? list.values() : list, options);
      const results = pool.start();
      let stopped: Promise<void> | undefined;
      let ends = 0;
      let rooms = 0;
      for (const { which, noRoom } of choices) {
        await settled();
        if (ends === stopAfter && stopped === undefined) stopped = pool.stop();
        const now = running();
        if (now.length === 0) {
          if (outcome.size + pool.progress().skipped >= plans.length || stopped) break;
          continue;
        }
        const entry = now[which % now.length]!;
        const plan = planOf.get(entry.name)!;
        if (noRoom && rooms < 3) {
          rooms += 1;
          const error = new ResourceExhaustedError('no room', processes.command('x').toSpec());
          entry.run.end({ exitCode: null, error });
          continue;
        }
        const count = (runs.get(plan.key) ?? 0) + 1;
        runs.set(plan.key, count);
        const succeeds = plan.succeeds && count > plan.fails;
        if (succeeds || count > retry) outcome.set(plan.key, succeeds ? 'succeeded' : 'failed');
        entry.run.end({ exitCode: succeeds ? 0 : 1 });
        ends += 1;
      }
      await stopped;
      const ended = await results;
      // Each has exactly one fate, and who was skipped knows why.
      const keys = [...ended.entries()].map(([key]) => key);
      const fates = [...keys, ...ended.skipped];
      expect(fates.toSorted()).toEqual(
        lazy && stopped !== undefined ? expect.any(Array) : plans.map(({ key }) => key).toSorted(),
      );
      expect(new Set(fates).size).toBe(fates.length);
      for (const key of ended.skipped) expect(ended.whySkipped(key)).toBeDefined();
      for (const [key, result] of ended.entries()) {
        const expected = outcome.get(String(key));
        if (expected !== undefined) expect(result.successful()).toBe(expected === 'succeeded');
      }
      expect(pool.progress()).toMatchObject({ queued: 0, running: 0, throttled: false });
    }),
    { numRuns: 60 },
  );
}, 300_000);
