import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Ends } from '../support/ends.js';
import { hostile } from '../support/hostile-values.js';
import { makeManager } from '../support/manager.js';
import { prototypes } from '../support/prototype-watch.js';
import { plain, sample, type Sample } from '../support/samples.js';
import { StubDriver } from '../support/stub-driver.js';
import { tries } from '../support/tries.js';
import { brokenWords, words } from '../support/words.js';

const text = fc.oneof({ weight: 4, arbitrary: words }, brokenWords, fc.constant('a\0b'));
const commands: fc.Arbitrary<Sample> = fc.oneof(
  { weight: 4, arbitrary: fc.array(text, { maxLength: 4 }).chain((list) => plain(list)) },
  { weight: 2, arbitrary: text.chain((line) => plain(line)) },
  hostile,
);
const others: fc.Arbitrary<Sample> = fc.oneof(
  hostile,
  plain(['a', 'b'], {}, { quiet: true }),
  fc.constant(sample('<a callback>', () => () => undefined)),
);
const calls = fc.tuple(
  fc.constantFrom('run' as const, 'start' as const),
  commands,
  fc.array(others, { maxLength: 3 }),
);

it('takes any command and what may follow it, or refuses it before anything is started', async () => {
  const driver = new StubDriver();
  const manager = makeManager({ default: 'stub' }).extend('stub', () => driver);
  const ends = new Ends(driver);
  const before = prototypes();
  await fc.assert(
    fc.asyncProperty(calls, async ([method, command, list]) => {
      const args = [command, ...list].map((value) => value.make());
      await ends.check(() => (manager[method] as (...all: unknown[]) => unknown)(...args));
    }),
    tries(3000),
  );
  expect(prototypes()).toEqual(before);
  expect(ends.counts.ran).toBeGreaterThan(500);
  expect(ends.counts.refused).toBeGreaterThan(500);
  await manager.shutdown();
}, 60_000);
