import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OutputCursor } from '../../src/capture/output-cursor.js';
import { RetainedOutput } from '../../src/capture/retained-output.js';
import { createRetention, type Retention } from '../../src/capture/retention.js';
import type { RetentionPolicy } from '../../src/contracts/output-spec.js';
import { bytes, cutAt, cuts } from '../support/pieces.js';
import { tries } from '../support/tries.js';

const policies = fc.constantFrom<RetentionPolicy>(
  'spill',
  'head',
  'tail',
  'headTail',
  'fail',
  'discard',
);
const limits = fc.nat(24);

function retain(policy: RetentionPolicy, limit: number, pieces: readonly Buffer[]): Retention {
  const retention = createRetention({ policy, limit, file: null });
  for (const piece of pieces) retention.append(piece);
  return retention;
}

it('keeps the same of what is printed, however it is cut', () => {
  fc.assert(
    fc.property(bytes, cuts, policies, limits, (whole, places, policy, limit) => {
      const once = retain(policy, limit, [whole]);
      const often = retain(policy, limit, cutAt(whole, places));
      expect(often.total).toBe(whole.length);
      expect(often.truncated).toBe(once.truncated);
      expect(often.end).toBe(once.end);
      expect(new RetainedOutput(often, 'utf8').bytes()).toEqual(
        new RetainedOutput(once, 'utf8').bytes(),
      );
    }),
    tries(500),
  );
});

it('keeps what its policy says', () => {
  fc.assert(
    fc.property(bytes, cuts, limits, (whole, places, limit) => {
      const kept = (policy: RetentionPolicy): Buffer =>
        new RetainedOutput(retain(policy, limit, cutAt(whole, places)), 'utf8').bytes();
      expect(kept('spill')).toEqual(whole);
      expect(kept('head')).toEqual(whole.subarray(0, limit));
      expect(kept('fail')).toEqual(whole.subarray(0, limit));
      expect(kept('tail')).toEqual(whole.subarray(Math.max(0, whole.length - limit)));
      expect(kept('discard')).toHaveLength(0);
      expect(kept('headTail').length).toBe(Math.min(whole.length, limit));
    }),
    tries(300),
  );
});

it('reads any stretch of what was printed', () => {
  fc.assert(
    fc.property(bytes, cuts, limits, fc.nat(60), fc.nat(60), (whole, places, limit, from, to) => {
      const pieces = cutAt(whole, places);
      expect(retain('spill', limit, pieces).read(from, to)).toEqual(
        whole.subarray(from, Math.max(from, to)),
      );
    }),
    tries(300),
  );
});

it('gives the text in pieces that make it up, whenever it is asked', () => {
  fc.assert(
    fc.property(bytes, cuts, limits, (whole, places, limit) => {
      const retention = createRetention({ policy: 'spill', limit, file: null });
      const cursor = new OutputCursor(retention, 'utf8');
      let text = '';
      for (const piece of cutAt(whole, places)) {
        retention.append(piece);
        text += cursor.latest();
      }
      // Of an incomplete last character nothing is said before its rest is there.
      expect(whole.toString().startsWith(text)).toBe(true);
      expect(whole.toString().slice(text.length)).toMatch(/^\ufffd{0,3}$/u);
    }),
    tries(300),
  );
});
