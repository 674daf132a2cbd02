import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PendingProcess } from '@proc/core';
import { Ends } from '../support/ends.js';
import { hostile, hostileOrLarge } from '../support/hostile-values.js';
import { makeManager } from '../support/manager.js';
import { prototypes } from '../support/prototype-watch.js';
import { plain, type Sample } from '../support/samples.js';
import { StubDriver } from '../support/stub-driver.js';
import { tries } from '../support/tries.js';
import { brokenWords, words } from '../support/words.js';

const METHODS = [
  'command',
  'node',
  'path',
  'env',
  'onlyEnv',
  'shell',
  'driver',
  'user',
  'group',
  'nice',
  'limits',
  'timeout',
  'idleTimeout',
  'abortWith',
  'killWith',
  'grace',
  'input',
  'ipc',
  'tty',
  'maxOutput',
  'output',
  'encoding',
  'tag',
  'meta',
  'options',
  'preferLocal',
] as const satisfies readonly (keyof PendingProcess)[];

const text = fc.oneof(words, brokenWords);
const values: fc.Arbitrary<Sample> = fc.oneof(
  { weight: 3, arbitrary: hostileOrLarge },
  text.chain((word) => plain(word)),
  fc.array(text, { maxLength: 4 }).chain((list) => plain(list)),
);
const calls = fc.array(
  fc.tuple(fc.constantFrom(...METHODS), fc.array(values, { minLength: 1, maxLength: 2 })),
  { maxLength: 2 },
);

function fuzzed(): { readonly make: () => PendingProcess; readonly ends: Ends } {
  const driver = new StubDriver();
  const manager = makeManager({ default: 'stub' }).extend('stub', () => driver);
  return { make: () => manager.command(['true']), ends: new Ends(driver) };
}

type Call = (...args: unknown[]) => unknown;

it('takes any value in a setting, or refuses it before anything is started', async () => {
  const { make, ends } = fuzzed();
  const before = prototypes();
  await fc.assert(
    fc.asyncProperty(calls, async (list) => {
      await ends.check(() => {
        const pending = make();
        for (const [method, args] of list) {
          (pending[method] as Call)(...args.map((value) => value.make()));
        }
        return pending.run();
      });
    }),
    tries(3000),
  );
  expect(prototypes()).toEqual(before);
  expect(ends.counts.ran).toBeGreaterThan(500);
  expect(ends.counts.refused).toBeGreaterThan(500);
}, 60_000);

it('refuses retries of the wrong kind', async () => {
  const { make, ends } = fuzzed();
  const args = fc.array(hostile, { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(args, async (list) => {
      await ends.check(() => (make().retry as Call)(...list.map((value) => value.make())));
    }),
    tries(500),
  );
});

it('says what it would run, whatever it was told', () => {
  const { make } = fuzzed();
  fc.assert(
    fc.property(calls, (list) => {
      const pending = make();
      for (const [method, args] of list) {
        try {
          (pending[method] as Call)(...args.map((value) => value.make()));
        } catch {
          // Refused: it goes on as it was.
        }
      }
      expect(typeof pending.toString()).toBe('string');
    }),
    tries(2000),
  );
});
