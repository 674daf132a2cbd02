import { describe, expect, it } from '@jest/globals';
import { InvalidArgumentError } from '../../../src/errors/invalid-argument-error.js';
import { MacroTable } from '../../../src/manager/macro-table.js';
import { definePlugInMembers } from '../../../src/manager/plug-in-members.js';

class Target {
  readonly name = 'target';
  own(): string {
    return 'own';
  }
}

const withPlaceholders = (): Target & Record<string, (...args: unknown[]) => unknown> => {
  const target = new Target();
  definePlugInMembers(target);
  return target as never;
};

describe('MacroTable', () => {
  it('adds a method that is called with the target, also when it is taken off', () => {
    const target = withPlaceholders();
    const macros = new MacroTable();
    macros.define(target, 'shout', function (this: Target, word: string) {
      return `${this.name} ${word}`;
    });
    const { shout } = target;
    expect(shout?.('hi')).toBe('target hi');
    expect([macros.has('shout'), macros.has('own')]).toEqual([true, false]);
    expect(Object.keys(target)).not.toContain('shout');
  });

  it('lets a second macro replace the first, and a plug-in its placeholder', () => {
    const target = withPlaceholders();
    const macros = new MacroTable();
    for (const answer of [1, 2]) macros.define(target, 'pool', () => answer);
    expect(target['pool']?.()).toBe(2);
  });

  it.each(['own', 'name', 'toString', 'constructor'])('refuses the name %s', (name) => {
    const target = withPlaceholders();
    expect(() => {
      new MacroTable().define(target, name, () => 1);
    }).toThrow(InvalidArgumentError);
  });

  it('refuses what is no function', () => {
    expect(() => {
      new MacroTable().define(new Target(), 'x', 5 as never);
    }).toThrow(InvalidArgumentError);
  });

  it('remembers entry verbs, the last of a name', () => {
    const macros = new MacroTable();
    const [first, second] = [() => 1 as never, () => 2 as never];
    macros.defineEntry('x', first);
    macros.defineEntry('x', second);
    expect([...macros.entries]).toEqual([['x', second]]);
  });
});
