import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ProcessOptions } from '../../src/contracts/process-options.js';
import { Ends } from '../support/ends.js';
import { makeManager } from '../support/manager.js';
import { optionSamples } from '../support/option-samples.js';
import { prototypes } from '../support/prototype-watch.js';
import { StubDriver } from '../support/stub-driver.js';
import { tries } from '../support/tries.js';

const directory = mkdtempSync(join(tmpdir(), 'options-'));

afterAll(() => {
  rmSync(directory, { recursive: true });
});

it('gives a run, or a typed error before anything is started, whatever the options', async () => {
  const driver = new StubDriver();
  const manager = makeManager({ default: 'stub' }).extend('stub', () => driver);
  const ends = new Ends(driver);
  const before = prototypes();
  await fc.assert(
    fc.asyncProperty(optionSamples(directory), async (sample) => {
      await ends.check(() => manager.run(['true'], sample.make() as ProcessOptions));
      expect(manager.activeProcesses).toHaveLength(0);
    }),
    tries(10_000),
  );
  expect(prototypes()).toEqual(before);
  expect(ends.counts.ran).toBeGreaterThan(2000);
  expect(ends.counts.refused).toBeGreaterThan(2000);
  await manager.shutdown();
}, 120_000);
