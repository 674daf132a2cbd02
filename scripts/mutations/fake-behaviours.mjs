import { assertionsAndMatchers } from './assertions-and-matchers.mjs';
import { cassettes } from './cassettes.mjs';
import { choosingAFake } from './choosing-a-fake.mjs';
import { fakesOfWorkers } from './fakes-of-workers.mjs';
import { lifeOfAFake } from './life-of-a-fake.mjs';
import { timeOfAFake } from './time-of-a-fake.mjs';
import { whatSurroundsFakes } from './what-surrounds-fakes.mjs';

/**
 * What fakes do, and what is said of them, each with an edit that takes it away, and the test that has to fail of it.
 *
 * `find` stands exactly once in `file`, which is under packages/testing/src, or that of another `package`; the test, a
 * file and a title as the source has it, is under tests/unit of the same package.
 */
export const fakeBehaviours = [
  ...choosingAFake,
  ...lifeOfAFake,
  ...timeOfAFake,
  ...whatSurroundsFakes,
  ...assertionsAndMatchers,
  ...cassettes,
  ...fakesOfWorkers,
];
