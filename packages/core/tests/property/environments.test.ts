import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EnvironmentMap } from '../../src/contracts/environment-spec.js';
import { InvalidArgumentError } from '../../src/errors/invalid-argument-error.js';
import { onEveryDriver } from '../support/drivers.js';
import { hostileKeys } from '../support/hostile-values.js';
import { describedBy } from '../support/settings.js';
import { tries } from '../support/tries.js';
import { brokenWords, words } from '../support/words.js';

const names = fc
  .oneof({ weight: 3, arbitrary: words }, hostileKeys)
  .filter((name) => name !== '' && !name.includes('='));
const values = fc.oneof(words, fc.integer(), fc.boolean(), fc.constantFrom(null, undefined));
const entries = fc.array(fc.tuple(names, values), { maxLength: 60, size: 'max' });

function map(pairs: readonly (readonly [string, unknown])[]): EnvironmentMap {
  // fromEntries defines, so that `__proto__` is a name like any other.
  return Object.fromEntries(pairs) as EnvironmentMap;
}

/** What the child is to see: the last word on each name. */
function expected(...maps: readonly EnvironmentMap[]): Record<string, string> {
  const all = new Map(maps.flatMap((variables) => Object.entries(variables)));
  const set = [...all].filter(
    ([, value]) => value !== false && value !== null && value !== undefined,
  );
  return Object.fromEntries(set.map(([name, value]) => [name, String(value)]));
}

onEveryDriver('an environment of any names and values', ({ manager }) => {
  it('reaches the program as it is', async () => {
    const processes = manager();
    await fc.assert(
      fc.asyncProperty(entries, entries, async (first, second) => {
        const [a, b] = [map(first), map(second)];
        // Not a Node program: Node shows nothing of a variable that is called `0`.
        const pending = processes.command(['/usr/bin/env', '-0']).withoutInheritedEnv();
        const result = await pending.env(a).env(b).run();
        const wanted = Object.entries(expected(a, b)).map((pair) => pair.join('='));
        expect(result.stdout.split('\0').slice(0, -1).sort()).toEqual(wanted.sort());
      }),
      tries(10),
    );
  });
});

it('is refused when a name or a value has no bytes or a name is none', () => {
  fc.assert(
    fc.property(fc.oneof(brokenWords, fc.constant('a\0b')), names, (broken, name) => {
      for (const variables of [
        map([[broken, '1']]),
        map([[name, broken]]),
        map([['', 1]]),
        map([[`${name}=`, 1]]),
      ]) {
        const settings = describedBy();
        expect(() => settings.env(variables)).toThrow(InvalidArgumentError);
        expect(settings.read().env.set).toEqual({});
      }
    }),
    tries(300),
  );
});
