import 'reflect-metadata';
import { describe, expect } from '@jest/globals';
import { outcomeOf } from '../../support/behaviour/plain.js';
import { sameOnEveryDriver as same } from '../../support/behaviour/same-on-every-driver.js';

describe('what is kept of the output', () => {
  same(
    'is what the policy says',
    async ({ play }) => {
      const seen: unknown[] = [];
      for (const policy of ['head', 'tail', 'headTail', 'discard', 'spill'] as const) {
        const run = play('raw abcdefghij').maxOutput(4, policy).run();
        const { stdout, outputTruncated } = await outcomeOf(run);
        seen.push([policy, stdout, outputTruncated]);
      }
      return seen;
    },
    (seen) =>
      expect(seen).toEqual([
        ['head', 'abcd', true],
        ['tail', 'ghij', true],
        ['headTail', 'abij', true],
        ['discard', '', true],
        ['spill', 'abcdefghij', false],
      ]),
  );

  same(
    'is different for each stream, where that is asked for',
    async ({ play }) =>
      outcomeOf(
        play('raw abcdef', 'err ghij')
          .output({ stdout: { policy: 'tail', limit: 2 }, stderr: 'discard' })
          .run(),
      ),
    (result) => expect(result).toMatchObject({ stdout: 'ef', stderr: '', outputTruncated: true }),
  );

  same(
    'is everything, byte for byte, also when it spills',
    async ({ play }) => {
      const result = await play('fill 3000000', 'hex 00fffe0a').run();
      const bytes = result.bytes();
      return [bytes.length, bytes.subarray(-5), result.outputTruncated];
    },
    (seen) => expect(seen).toEqual([3_000_004, Buffer.from('6a00fffe0a', 'hex'), false]),
  );

  same(
    'is decoded as it was asked for',
    async ({ play }) => [
      (await play('hex e9').encoding('latin1').run()).stdout,
      (await play('raw ab').encoding('hex').run()).stdout,
    ],
    (seen) => expect(seen).toEqual(['é', '6162']),
  );
});
