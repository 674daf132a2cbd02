import { describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { SequenceEmptyError } from '@proc/testing';
import { testingManager } from '../support/testing-manager.js';

/** What is told to a sequence: a text that is printed, or the code of a failure. */
const step = fc.oneof(fc.constantFrom('one', 'two', ''), fc.integer({ min: 1, max: 255 }));
const afterwards = fc.oneof(
  fc.constant('fails' as const),
  fc.constant('succeeds' as const),
  step.map((value) => ({ value })),
);

type Ending = { readonly stdout: string; readonly exitCode: number } | 'empty';

function endingOf(value: string | number): Ending {
  return typeof value === 'number'
    ? { stdout: '', exitCode: value }
    : { stdout: value === '' ? '' : `${value}\n`, exitCode: 0 };
}

jest.setTimeout(120_000);

describe('sequences', () => {
  it('give each start the next, and then what follows when all have been used', async () => {
    const { app, processes } = await testingManager();
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 4 }),
        fc.array(step, { maxLength: 3 }),
        afterwards,
        fc.integer({ min: 0, max: 9 }),
        async (first, pushed, then, starts) => {
          const sequence = processes.sequence(first);
          for (const value of pushed) {
            if (typeof value === 'number') sequence.pushFailure(value);
            else sequence.push(value);
          }
          if (then === 'succeeds') sequence.dontFailWhenEmpty();
          else if (then !== 'fails') sequence.whenEmpty(then.value);
          processes.fake({ job: sequence });

          const seen: Ending[] = [];
          for (let start = 0; start < starts; start++) {
            try {
              const { stdout, exitCode } = await processes.run('job');
              seen.push({ stdout, exitCode: exitCode ?? -1 });
            } catch (error) {
              expect(SequenceEmptyError.is(error)).toBe(true);
              seen.push('empty');
            }
          }

          const all = [...first, ...pushed];
          const rest = then === 'fails' ? 'empty' : endingOf(then === 'succeeds' ? '' : then.value);
          expect(seen).toEqual(
            Array.from({ length: starts }, (_, at) => {
              const value = all[at];
              return value === undefined ? rest : endingOf(value);
            }),
          );
          const left = Math.max(0, all.length - starts);
          expect(sequence.remaining).toBe(left);
          const usedUp = (): unknown => processes.assertSequencesEmpty();
          if (left === 0) expect(usedUp).not.toThrow();
          else expect(usedUp).toThrow();
          processes.restore();
        },
      ),
      { numRuns: 150 },
    );
    await app.shutdown();
  });
});
