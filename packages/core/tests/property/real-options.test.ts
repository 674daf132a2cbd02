import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from '@jest/globals';
import fc from 'fast-check';
import { InvalidArgumentError, ProcError, ProcessStarted, type ProcessOptions } from '@proc/core';
import { it } from '@jest/globals';
import { onEveryDriver } from '../support/drivers.js';
import { optionSamples } from '../support/option-samples.js';
import { prototypes } from '../support/prototype-watch.js';
import { tries } from '../support/tries.js';

const directory = mkdtempSync(join(tmpdir(), 'real-options-'));

afterAll(() => {
  rmSync(directory, { recursive: true });
});

onEveryDriver('random options', ({ recorded }) => {
  it('give a run of a real program, or a typed error before it is started', async () => {
    const { manager, events } = recorded();
    const before = prototypes();
    let ran = 0;
    await fc.assert(
      fc.asyncProperty(optionSamples(directory), async (sample) => {
        const starts = events.of(ProcessStarted).length;
        try {
          await manager.run(['true'], sample.make() as ProcessOptions);
          ran++;
        } catch (error) {
          if (!ProcError.is(error)) throw new Error('This is no error of ours.', { cause: error });
          if (InvalidArgumentError.is(error)) {
            expect(events.of(ProcessStarted)).toHaveLength(starts);
          }
        }
        expect(manager.activeProcesses).toHaveLength(0);
      }),
      tries(250),
    );
    expect(prototypes()).toEqual(before);
    expect(ran).toBeGreaterThan(30);
  });
});
