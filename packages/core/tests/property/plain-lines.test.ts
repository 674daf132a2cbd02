import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AUTO_SHELL, parseCommand } from '../../src/command/parse-command.js';
import { onEveryDriver } from '../support/drivers.js';
import { SHELLS } from '../support/shells.js';
import { tries } from '../support/tries.js';
import { words } from '../support/words.js';

/** Words of which most mean nothing to a shell. Braces group in some shells and not in POSIX ones. */
const plainWords = fc.oneof(
  fc.string({
    unit: fc.constantFrom(...Array.from('ab1-_=.,:/@%+^~#\u00e9\u00a0\u2003\v\f\u{1f600}')),
    maxLength: 6,
  }),
  words.filter((word) => !/[{}]/.test(word)),
);
const blanks = fc.string({ unit: fc.constantFrom(' ', '\t'), minLength: 1, maxLength: 3 });

/** A line that is split without a shell. */
const lines = fc
  .array(fc.tuple(blanks, plainWords), { maxLength: 5 })
  .map((pieces) => `printf %s:: ${pieces.flat().join('')}`)
  .filter((line) => parseCommand(line, undefined, true).kind === 'shell')
  .filter(
    (line) =>
      parseCommand(line.replace('printf', 'program'), undefined, AUTO_SHELL).kind === 'argv',
  );

const shell = SHELLS.find(({ name }) => name === 'sh');

onEveryDriver('a line without shell syntax', ({ manager }) => {
  it('means what a shell would make of it', async () => {
    const processes = manager();
    await fc.assert(
      fc.asyncProperty(
        fc.array(lines, { minLength: 1, maxLength: 40, size: 'max' }),
        async (list) => {
          const split = list.map((line) => {
            const command = parseCommand(line, undefined, false);
            return command.kind === 'argv'
              ? command.args
                  .slice(1)
                  .map((word) => `${word}::`)
                  .join('') || '::'
              : '';
          });
          const result = await processes.run([...(shell?.words ?? []), list.join('\n')]);
          expect(result.stdout).toBe(split.join(''));
        },
      ),
      tries(15),
    );
  });
});
