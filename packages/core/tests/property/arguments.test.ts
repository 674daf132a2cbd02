import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseCommand, AUTO_SHELL } from '../../src/command/parse-command.js';
import { InvalidArgumentError } from '../../src/errors/invalid-argument-error.js';
import { onEveryDriver } from '../support/drivers.js';
import { tries } from '../support/tries.js';
import { brokenWords, words } from '../support/words.js';

const FIXTURE = join(__dirname, '../fixtures/arguments.cjs');
/** Many at a time: a process each would take minutes. */
const batches = fc.array(words, { minLength: 1, maxLength: 400, size: 'max' });

onEveryDriver('an argument of any kind', ({ manager }) => {
  it('reaches a Node program as it is', async () => {
    const processes = manager();
    await fc.assert(
      fc.asyncProperty(batches, async (args) => {
        const result = await processes.run(process.execPath, [FIXTURE, ...args]);
        expect(result.json()).toEqual(args);
      }),
      tries(3),
    );
  });

  it('reaches a program byte for byte', async () => {
    const processes = manager();
    await fc.assert(
      fc.asyncProperty(batches, async (args) => {
        const result = await processes.run('printf', ['%s\\0', ...args]);
        expect(result.bytes()).toEqual(Buffer.from(args.map((word) => `${word}\0`).join('')));
      }),
      tries(15),
    );
  });

  it('reaches a program byte for byte from a template', async () => {
    const processes = manager();
    await fc.assert(
      fc.asyncProperty(batches, words, async (args, word) => {
        const result = await processes.$`printf ${'%s\\0'} ${args} "${word}" -${word}`.run();
        const expected = [...args, word, `-${word}`].map((text) => `${text}\0`).join('');
        expect(result.bytes()).toEqual(Buffer.from(expected));
      }),
      tries(15),
    );
  });
});

it('is refused when it has no bytes, wherever it stands', () => {
  fc.assert(
    fc.property(brokenWords, words, (broken, word) => {
      for (const command of [
        broken,
        [broken],
        ['program', broken, word],
        ['program', word, broken],
      ]) {
        expect(() => parseCommand(command, undefined, AUTO_SHELL)).toThrow(InvalidArgumentError);
      }
      expect(() => parseCommand('program', [word, broken], AUTO_SHELL)).toThrow('surrogate');
    }),
    tries(200),
  );
});
