import 'reflect-metadata';
import { describe, expect } from '@jest/globals';
import { outcomeOf, plainError } from '../../support/behaviour/plain.js';
import { sameOnEveryDriver as same } from '../../support/behaviour/same-on-every-driver.js';

describe('expect() and waitUntil()', () => {
  same(
    'miss nothing that was printed before, and go on after the last match',
    async ({ play }) => {
      const process = await play('out n=1 n=2', 'err problem', 'out n=3').start();
      await process.wait();
      const numbers = [];
      for (let times = 0; times < 3; times++) numbers.push((await process.expect(/n=(\d)/))[1]);
      return [numbers, (await process.expect('problem'))[0]];
    },
    (seen) => expect(seen).toEqual([['1', '2', '3'], 'problem']),
  );

  same(
    'show functions each piece once, in order, with its stream',
    async ({ play }) => {
      const process = await play('out a', 'hear', 'err b', 'hear', 'out c', 'wait')
        .interactive()
        .start();
      const seen: string[] = [];
      const until = (last: string) =>
        process.waitUntil((type, text) => {
          seen.push(`${type} ${text}`);
          return text.includes(last);
        });
      await until('a');
      await process.write('1\n');
      await until('b');
      await process.write('2\n');
      await until('c');
      await process.stop();
      return seen;
    },
    (seen) => expect(seen).toEqual(['out a\n', 'err b\n', 'out c\n']),
  );

  same(
    'end as the program does, or when their own time is over',
    async ({ play }) => {
      const ended = await play('out something else').start();
      const silent = await play('wait').start();
      const late = await play('wait').timeout(50).start();
      const seen = [
        await failure(ended.expect('ready')),
        await failure(silent.expect('ready', 30)),
        await failure(silent.waitUntil('ready', 30)),
        silent.running(),
        await outcomeOf(late.waitUntil('ready')),
        (await ended.waitUntil('never')) === (await ended.waitUntil()),
      ];
      await silent.stop();
      return seen;
    },
    ([ended, silent, , running, late, identical]) => {
      expect(ended).toMatchObject({
        message: expect.stringMatching(/ready\.(.|\n)*something else/),
      });
      expect(silent).toMatchObject({ message: expect.stringContaining('ran for 30 ms without') });
      expect([running, identical]).toEqual([true, true]);
      expect(late).toMatchObject({ name: 'ProcessTimedOutError' });
    },
  );
});

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(() => 'no failure', plainError);
}
