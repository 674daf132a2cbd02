import { describe, expect, it } from '@jest/globals';
import { Roster } from '../../../src/kernel/roster.js';

describe('Roster', () => {
  it('has those who have entered and not left, in the order of entry', () => {
    const roster = new Roster<{ readonly name: string }>();
    const names = (): readonly string[] => [...roster].map(({ name }) => name);
    const [, leave] = ['a', 'b', 'c'].map((name) => roster.enter({ name }));
    expect([names(), roster.size]).toEqual([['a', 'b', 'c'], 3]);
    leave?.();
    roster.enter({ name: 'd' });
    expect([names(), roster.size]).toEqual([['a', 'c', 'd'], 3]);
  });

  it('has one that has entered twice until it has left twice', () => {
    const roster = new Roster<object>();
    const member = {};
    const leaves = [roster.enter(member), roster.enter(member)];
    leaves[0]?.();
    expect([...roster]).toEqual([member]);
    leaves[1]?.();
    expect([...roster]).toEqual([]);
  });

  it('finds those who have entered with an id, until they leave', () => {
    const roster = new Roster<object>();
    const [first, second] = [{}, {}];
    const leave = roster.enter(first, 'a');
    roster.enter(second, 'b');
    expect([roster.get('a'), roster.get('b'), roster.get('c')]).toEqual([first, second, undefined]);
    leave();
    expect([roster.get('a'), roster.get('b')]).toEqual([undefined, second]);
    expect([...roster]).toEqual([second]);
  });

  it('goes on while members leave during an iteration', () => {
    const roster = new Roster<{ readonly name: string }>();
    const leaves = ['a', 'b', 'c'].map((name) => roster.enter({ name }));
    const seen: string[] = [];
    for (const { name } of roster) {
      seen.push(name);
      leaves[1]?.();
    }
    expect(seen).toEqual(['a', 'c']);
  });
});
