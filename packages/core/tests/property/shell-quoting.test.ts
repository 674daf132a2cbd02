import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quotePosix } from '../../src/command/quote.js';
import { onEveryDriver } from '../support/drivers.js';
import { SHELLS } from '../support/shells.js';
import { tries } from '../support/tries.js';
import { words } from '../support/words.js';

const batches = fc.array(words, { minLength: 1, maxLength: 300, size: 'max' });
const bytesOf = (args: readonly string[]): Buffer =>
  Buffer.from(args.map((word) => `${word}\0`).join(''));

onEveryDriver('a quoted argument', ({ manager }) => {
  it('passes through the shell of the platform', async () => {
    const processes = manager();
    await fc.assert(
      fc.asyncProperty(batches, async (args) => {
        const line = `printf '%s\\0' ${args.map(quotePosix).join(' ')}`;
        const result = await processes.command(line).shell().run();
        expect([result.bytes(), result.stderr]).toEqual([bytesOf(args), '']);
      }),
      tries(10),
    );
  });

  describe.each(SHELLS)('in $name', (shell) => {
    const test = shell.absent ? it.skip : it;
    const reason = shell.absent ? ` (${shell.name} is not installed here)` : '';

    test(`means what it meant before${reason}`, async () => {
      const processes = manager();
      await fc.assert(
        fc.asyncProperty(batches, async (args) => {
          const line = `printf '%s\\0' ${args.map(quotePosix).join(' ')}`;
          const result = await processes.run([...shell.words, line]);
          expect([result.bytes(), result.stderr]).toEqual([bytesOf(args), '']);
        }),
        tries(10),
      );
    });
  });
});
