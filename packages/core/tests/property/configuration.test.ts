import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConfigurationError } from '../../src/errors/configuration-error.js';
import { defineProcessConfig } from '../../src/manager/define-process-config.js';
import type { ProcessConfig } from '../../src/manager/process-config.js';
import { Ends } from '../support/ends.js';
import { hostileKeys, hostileOrLarge } from '../support/hostile-values.js';
import { makeManager } from '../support/manager.js';
import { prototypes } from '../support/prototype-watch.js';
import { objects, plain, property, type Sample } from '../support/samples.js';
import { StubDriver } from '../support/stub-driver.js';
import { tries } from '../support/tries.js';

function mostly(...good: readonly unknown[]): fc.Arbitrary<Sample> {
  return or(plain(...good));
}

function or(good: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  return fc.oneof({ weight: 3, arbitrary: good }, { weight: 2, arbitrary: hostileOrLarge });
}

const driver = or(
  objects(
    fc.oneof(
      property({ driver: mostly('stub', 'stab') }),
      fc.tuple(fc.oneof(fc.constant('option'), hostileKeys), hostileOrLarge),
    ),
  ),
);
const configurations = objects(
  fc.oneof(
    {
      weight: 12,
      arbitrary: property({
        default: mostly('stub', 'mine'),
        timeout: mostly(null, 0, '5s'),
        idleTimeout: mostly(null, 100),
        grace: mostly('1s'),
        drain: or(objects(property({ idle: mostly(0, '1s'), longest: mostly(5) }))),
        env: or(
          objects(property({ mode: mostly('inherit', 'clean', 'claen'), mdoe: hostileOrLarge })),
        ),
        output: or(
          objects(property({ policy: mostly('head', 'tail', 'haed'), limit: mostly(0, 10) })),
        ),
        orphans: mostly('kill', 'leave'),
        shell: mostly('/bin/sh'),
        drivers: or(
          objects(fc.tuple(fc.oneof(fc.constantFrom('mine', 'stub'), hostileKeys), driver)),
        ),
        pool: or(objects(property({ concurrency: mostly(1, 'cpus') }))),
        pipe: or(objects(property({ mode: mostly('sequential', 'streaming') }))),
        workers: or(objects(fc.tuple(hostileKeys, hostileOrLarge))),
      }),
    },
    { weight: 1, arbitrary: fc.tuple(hostileKeys, hostileOrLarge) },
  ),
  4,
);

it('is refused with its path, or can be worked with, whatever it says', async () => {
  const stub = new StubDriver();
  const ends = new Ends(stub);
  const before = prototypes();
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(or(configurations), async (sample) => {
      const config = sample.make() as ProcessConfig;
      try {
        expect(defineProcessConfig(config)).toBe(config);
      } catch (error) {
        if (!ConfigurationError.is(error)) throw new Error('not refused', { cause: error });
        expect(error.message).toMatch(/^The configuration value process/);
        refused++;
        return;
      }
      const manager = makeManager(config).extend('stub', () => stub);
      await ends.check(() => manager.command(['true']).driver('stub').run());
      await ends.check(() => manager.command('echo "$HOME"').driver('stub').run());
      await ends.check(() => manager.run(['true'], { driver: 'mine' }));
      await manager.shutdown();
    }),
    tries(3000),
  );
  expect(prototypes()).toEqual(before);
  expect(refused).toBeGreaterThan(500);
  expect(ends.counts.ran).toBeGreaterThan(500);
});
