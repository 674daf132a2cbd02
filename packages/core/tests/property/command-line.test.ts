import { describe, expect, it } from '@jest/globals';
import type { PendingProcess, ProcessManager } from '@proc/core';
import fc from 'fast-check';
import { commandLine } from '../../src/command/quote.js';
import { onEveryDriver } from '../support/drivers.js';
import { NamedPrograms } from '../support/named-programs.js';
import { SHELLS } from '../support/shells.js';
import { tries } from '../support/tries.js';
import { words } from '../support/words.js';

/** Names that a file can have, apart from those of builtins: those no quotes take from a shell. */
const programs = fc
  .oneof(words, fc.constantFrom('A=b', 'if', 'done', '{', '}', '!', 'select', 'function', '-x'))
  .filter((name) => name !== '' && !name.includes('/') && Buffer.byteLength(name) < 200)
  .filter((name) => !/^(\.\.?|[:-]|\[\[?|%[^]*)$/.test(name));

const commands = fc.array(fc.tuple(programs, fc.array(words, { maxLength: 8 })), {
  minLength: 1,
  maxLength: 12,
});

type Commands = typeof commands extends fc.Arbitrary<infer T> ? T : never;

onEveryDriver('a printed command line', ({ manager }) => {
  /** Pastes the lines of commands, and looks at what they print of themselves. */
  async function check(
    runs: number,
    paste: (processes: ProcessManager, lines: string) => PendingProcess,
  ): Promise<void> {
    using named = new NamedPrograms();
    const processes = manager();
    const property = async (list: Commands): Promise<void> => {
      for (const [file] of list) named.add(file);
      const lines = list.map(([file, args]) => commandLine({ kind: 'argv', file, args }));
      const result = await paste(processes, lines.join('\n')).env({ PATH: named.path }).run();
      const expected = list.flatMap(([file, args]) => [String(args.length), file, ...args]);
      expect(result.stdout.split('\0').slice(0, -1)).toEqual(expected);
      expect(result.stderr).toBe('');
    };
    await fc.assert(fc.asyncProperty(commands, property), tries(runs));
  }

  it('runs the same program with the same arguments in the shell of the platform', async () => {
    await check(30, (processes, lines) => processes.command(lines).shell());
  });

  describe.each(SHELLS)('pasted into $name', (shell) => {
    const test = shell.absent ? it.skip : it;
    const reason = shell.absent ? ` (${shell.name} is not installed here)` : '';

    test(`runs the same program with the same arguments${reason}`, async () => {
      await check(6, (processes, lines) => processes.command([...shell.words, `\n${lines}`]));
    });
  });
});
