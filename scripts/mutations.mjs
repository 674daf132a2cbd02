// Checks that each behaviour of the fakes has a test that fails without it: takes the behaviours away one at a time and
// runs the test that is named for each. `node scripts/mutations.mjs [part of a behaviour's name…]`; a part that is in
// none is refused before anything runs. Ends with `N passed, N failed`.
import { availableParallelism } from 'node:os';
import { fakeBehaviours } from './mutations/fake-behaviours.mjs';
import { Checks, inParallel } from './support/checks.mjs';
import {
  byTestFile,
  placeProblem,
  problemUnlessFailed,
  problemUnlessPassed,
  runNamedTests,
} from './support/mutations.mjs';
import { TestProcesses } from './support/test-processes.mjs';

/** Some of the tests wait until they are out of time: others run meanwhile. */
const AT_ONCE = availableParallelism() + 2;

const asked = process.argv.slice(2);
const unknown = asked.filter(
  (part) => !fakeBehaviours.some(({ behaviour }) => behaviour.includes(part)),
);
if (unknown.length > 0) {
  console.error(
    `There is no behaviour with ${unknown.map((part) => `'${part}'`).join(' or ')} in its name.`,
  );
  process.exit(1);
}
const mutations = fakeBehaviours.filter(
  ({ behaviour }) => asked.length === 0 || asked.some((part) => behaviour.includes(part)),
);
const checks = new Checks();
const processes = new TestProcesses();

const testResults = [];
await inParallel(byTestFile(mutations), AT_ONCE, async (ofFile) => {
  testResults.push(...(await runNamedTests(processes, ofFile)).testResults);
});
const unedited = { testResults };
await inParallel(mutations, AT_ONCE, (mutation) =>
  checks.check(mutation.behaviour, async () => {
    const problem =
      placeProblem(mutation) ??
      problemUnlessPassed(mutation, unedited) ??
      problemUnlessFailed(
        mutation,
        await runNamedTests(processes, [mutation], { applied: mutation }),
      );
    if (problem !== undefined) throw new Error(problem);
    return mutation.test.join(' › ');
  }),
);
processes.end();
checks.finish();
