import { Checks, inParallel } from '../../scripts/support/checks.mjs';
import { isOurs } from './contenders.mjs';
import { probe } from './probe.mjs';

/**
 * Every contender of every case once, with next to nothing to do: shows what is broken, and measures nothing. A peer
 * that can't do what a case asks for is told of and is no failure; one of ours is.
 */
export async function runQuickly(cases, contendersOf) {
  const checks = new Checks();
  const pairs = cases
    .filter(({ size }) => size.quick !== undefined)
    .flatMap((found) => contendersOf(found).map((descriptor) => ({ found, descriptor })))
    // A case so marked asks peers for what another asks them for as well.
    .filter(({ found, descriptor }) => found.quickly !== 'ours' || isOurs(descriptor));
  await inParallel(pairs, 3, async ({ found, descriptor }) => {
    const title = `${found.name}: ${descriptor.name}`;
    if (descriptor.missing !== undefined)
      return console.log(`—     ${title}: ${descriptor.missing}`);
    const { failure } = await probe(found, descriptor, found.size.quick);
    if (failure !== undefined && !isOurs(descriptor))
      return console.log(`—     ${title}: failed: ${failure}`);
    return checks.check(title, () => {
      if (failure !== undefined) throw new Error(failure);
    });
  });
  checks.finish();
}
