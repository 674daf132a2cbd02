import { expect, it } from '@jest/globals';
import type { PendingProcess } from '@proc/core';
import fc from 'fast-check';
import { onEveryDriver } from '../support/drivers.js';
import { NamedPrograms } from '../support/named-programs.js';
import { tries } from '../support/tries.js';
import { words } from '../support/words.js';

/** What makes a driver put something in front of a program. */
const wrappings = fc.record({
  merge: fc.boolean(),
  nice: fc.constantFrom(0, 3),
  files: fc.option(fc.constant(64)),
});
const names = words.filter((name) => !/^\.{0,2}$|\//.test(name) && Buffer.byteLength(name) < 200);
const variables = fc.dictionary(
  fc.oneof(
    fc.constantFrom('IFS', 'PWD', 'OLDPWD', 'PS1', 'OPTIND', 'BASH_ENV_', 'a-b', '1', '_x'),
    words.filter((name) => name !== '' && !/=|^(ENV|BASH_ENV|SHELLOPTS|_)$/.test(name)),
  ),
  words,
  { maxKeys: 12, size: 'max' },
);

function wrap(
  pending: PendingProcess,
  {
    merge,
    nice,
    files,
  }: { readonly merge: boolean; readonly nice: number; readonly files: number | null },
): PendingProcess {
  if (merge) pending.mergeStderr();
  return files === null ? pending.nice(nice) : pending.nice(nice).limits({ files });
}

onEveryDriver('what is put in front of a program', ({ manager }) => {
  it('changes neither its name nor its arguments', async () => {
    using named = new NamedPrograms();
    const processes = manager();
    await fc.assert(
      fc.asyncProperty(wrappings, names, fc.array(words), async (wrapping, file, args) => {
        named.add(file);
        const pending = processes.command([file, ...args]).env({ PATH: named.path });
        const result = await wrap(pending, wrapping).run();
        const expected = [String(args.length), file, ...args].map((word) => `${word}\0`).join('');
        expect(result.bytes()).toEqual(Buffer.from(expected));
      }),
      tries(40),
    );
  });

  it('changes nothing in its environment', async () => {
    const processes = manager();
    await fc.assert(
      fc.asyncProperty(wrappings, variables, async (wrapping, set) => {
        const pending = processes.command(['/usr/bin/env', '-0']).withoutInheritedEnv().env(set);
        const result = await wrap(pending, wrapping).run();
        const expected = Object.entries(set).map((pair) => pair.join('='));
        expect(result.stdout.split('\0').slice(0, -1).sort()).toEqual(expected.sort());
      }),
      tries(40),
    );
  });
});
