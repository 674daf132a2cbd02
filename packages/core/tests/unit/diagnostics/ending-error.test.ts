import { expect, it } from '@jest/globals';
import { endingError, type OutputTails } from '../../../src/diagnostics/ending-error.js';
import { STILL_RUNNING } from '../../../src/result/ending.js';
import { makeSpec } from '../../support/spec.js';

const tails = (): OutputTails => ({ stdout: '', stderr: 'the last words' });
const noTails = (): never => {
  throw new Error('nobody needs the output');
};
const ending = { ...STILL_RUNNING, durationMs: 5 };

it('looks at the output only where there is an error to show it', () => {
  for (const reason of [null, 'stopped', 'signaled'] as const) {
    expect(endingError(makeSpec(), { ...ending, reason }, noTails)).toBeNull();
  }
  const error = endingError(makeSpec(), { ...ending, reason: 'timedOut' }, tails);
  expect(error?.message).toContain('the last words');
});
